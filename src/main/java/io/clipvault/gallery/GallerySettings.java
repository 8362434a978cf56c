package io.clipvault.gallery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gallery.
 *
 * @param fresh how long what was read of the bucket is served again
 * @param linkLifetime how long a clip's link works; longer than {@code fresh}
 * @param parallelReads how many metadata objects are read at once
 * @param largestMetadata metadata above this size is left out
 */
@ConfigurationProperties("clipvault.gallery")
record GallerySettings(@DefaultValue("5m") Duration fresh, @DefaultValue("2h") Duration linkLifetime,
		@DefaultValue("32") int parallelReads, @DefaultValue("5MB") DataSize largestMetadata) {

	GallerySettings {
		if (linkLifetime.compareTo(fresh) <= 0) {
			throw new IllegalArgumentException(
					"clipvault.gallery.link-lifetime must be longer than clipvault.gallery.fresh");
		}
		if (parallelReads < 1) {
			throw new IllegalArgumentException("clipvault.gallery.parallel-reads must be at least 1");
		}
	}

}
