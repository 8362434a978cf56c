package io.clipvault.bounds;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlacesTests {

	private final Places places = new Places(2, ProblemType.INTAKES_BUSY, "2 are here already.");

	@Test
	void takeWhenAllAreTakenIsRefusedUntilOneIsGivenBack() {
		Places.Place first = this.places.take();
		this.places.take();
		requireNoneFree();
		first.close();
		first.close();
		this.places.take();
		requireNoneFree();
	}

	private void requireNoneFree() {
		assertThatExceptionOfType(Problem.class).isThrownBy(this.places::take)
			.withMessage("2 are here already.")
			.extracting(Problem::type)
			.isEqualTo(ProblemType.INTAKES_BUSY);
	}

}
