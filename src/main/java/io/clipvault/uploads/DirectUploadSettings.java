package io.clipvault.uploads;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Direct uploads.
 *
 * @param directory the part of the bucket that uploads may write to, behind the prefix of
 * all keys; a first letter that no job id has keeps it apart from every job
 * @param largest the largest file; 5 GB at most, which is what a store copies in one call
 * @param lifetime how long a form or the address of a part can be used
 */
@ConfigurationProperties("clipvault.direct-uploads")
record DirectUploadSettings(@DefaultValue("_uploads") String directory, @DefaultValue("5GB") DataSize largest,
		@DefaultValue("1h") Duration lifetime) {

	private static final Pattern DIRECTORY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

	private static final DataSize MAX_COPY = DataSize.ofGigabytes(5);

	private static final Duration MAX_LIFETIME = Duration.ofDays(7);

	DirectUploadSettings {
		if (!DIRECTORY.matcher(directory).matches()) {
			throw new IllegalArgumentException(
					"clipvault.direct-uploads.directory must be one name of letters, digits, '.', '_' and '-': "
							+ directory);
		}
		if (largest.toBytes() < 1 || largest.compareTo(MAX_COPY) > 0) {
			throw new IllegalArgumentException("clipvault.direct-uploads.largest must be from 1B to 5GB: " + largest);
		}
		if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
			throw new IllegalArgumentException("clipvault.direct-uploads.lifetime must be from 1s to 7d: " + lifetime);
		}
	}

}
