package io.clipvault.objects;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The calls on buckets and objects.
 *
 * @param buckets the buckets that these calls may touch; {@code *} means every bucket,
 * and an empty list only the service's own
 * @param partSize how much of a body is buffered at a time; at least 5 MB
 * @param bufferMemory how much memory the buffers of all bodies may take together
 * @param copyThreshold objects above this size are copied in parts; at most 5 GB
 * @param copyPartSize the size of such a part; from 5 MB to 5 GB
 * @param parallelCopies how many parts of one object are copied at once
 */
@ConfigurationProperties("clipvault.objects")
public record ObjectsSettings(@DefaultValue List<String> buckets, @DefaultValue("8MB") DataSize partSize,
		@DefaultValue("64MB") DataSize bufferMemory, @DefaultValue("5GB") DataSize copyThreshold,
		@DefaultValue("512MB") DataSize copyPartSize, @DefaultValue("8") int parallelCopies) {

	private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

	private static final DataSize LARGEST_PART = DataSize.ofGigabytes(5);

	public ObjectsSettings {
		buckets = List.copyOf(buckets);
		requireBetween("part-size", partSize, SMALLEST_PART, DataSize.ofGigabytes(1));
		requireBetween("buffer-memory", bufferMemory, partSize, DataSize.ofTerabytes(1));
		requireBetween("copy-threshold", copyThreshold, SMALLEST_PART, LARGEST_PART);
		requireBetween("copy-part-size", copyPartSize, SMALLEST_PART, LARGEST_PART);
		if (parallelCopies < 1) {
			throw new IllegalArgumentException("clipvault.objects.parallel-copies must be at least 1");
		}
	}

	private static void requireBetween(String name, DataSize size, DataSize least, DataSize most) {
		if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
			throw new IllegalArgumentException(
					"clipvault.objects.%s must be from %s to %s and is %s".formatted(name, least, most, size));
		}
	}

}
