package io.clipvault.objects.content;

import io.clipvault.abilities.PartLimit;
import io.clipvault.objects.ObjectsSettings;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;

/** The size of the parts in which a body is written, and how many the store takes. */
@Component
class BodyParts {

	private final PartLimit limit;

	private final int size;

	BodyParts(PartLimit limit, ObjectsSettings settings) {
		this.limit = limit;
		this.size = (int) settings.partSize().toBytes();
	}

	int size() {
		return this.size;
	}

	/** Refuses a body that needs more parts than the store takes. */
	void requireTaken(long parts) {
		int most = this.limit.forParts(parts);
		if (parts > most) {
			throw new Problem(ProblemType.OBJECT_TOO_LARGE,
					"An object may have at most %,d bytes, which is %,d parts: raise clipvault.objects.part-size."
						.formatted((long) this.size * most, most));
		}
	}

}
