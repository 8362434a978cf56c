package io.clipvault.jobs.artifacts;

import java.time.Duration;
import java.util.Optional;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * The removal of local copies.
 *
 * @param pruneLocal how long after its completion or last restore a job's files are
 * removed from its directory, if the bucket has them; {@code off} for never
 */
@ConfigurationProperties("clipvault.jobs")
record PruneSettings(@DefaultValue("off") String pruneLocal) {

	PruneSettings {
		if (delay(pruneLocal).filter(Duration::isNegative).isPresent()) {
			throw new IllegalArgumentException("clipvault.jobs.prune-local must be off or a positive duration");
		}
	}

	/** Empty if nothing is to be removed. */
	Optional<Duration> delay() {
		return delay(this.pruneLocal);
	}

	private static Optional<Duration> delay(String text) {
		return text.isBlank() || text.equals("off") ? Optional.empty()
				: Optional.of(DurationStyle.detectAndParse(text));
	}

}
