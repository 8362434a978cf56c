package io.clipvault.gallery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gallery.
 *
 * @param fresh how long what was read of the bucket is served before it is read again
 * @param kept how long it is served at the most when the store does not answer
 * @param linkLifetime how long a clip's link works; an answer is kept for half of that at
 * the most
 * @param parallelListings how many ranges of keys are listed at once
 * @param parallelReads how many metadata objects are read at once
 * @param largestMetadata metadata above this size is left out
 */
@ConfigurationProperties("clipvault.gallery")
record GallerySettings(@DefaultValue("5m") Duration fresh, @DefaultValue("1h") Duration kept,
		@DefaultValue("2h") Duration linkLifetime, @DefaultValue("16") int parallelListings,
		@DefaultValue("32") int parallelReads, @DefaultValue("5MB") DataSize largestMetadata) {

	private static final Duration LONGEST_LINK = Duration.ofDays(7);

	GallerySettings {
		if (fresh.isNegative() || fresh.isZero() || kept.compareTo(fresh) < 0) {
			throw new IllegalArgumentException(
					"clipvault.gallery.fresh must be more than nothing, and clipvault.gallery.kept no shorter");
		}
		if (linkLifetime.compareTo(fresh) <= 0 || linkLifetime.compareTo(LONGEST_LINK) > 0) {
			throw new IllegalArgumentException(
					"clipvault.gallery.link-lifetime must be longer than clipvault.gallery.fresh and at most 7 days");
		}
		if (parallelReads < 1 || parallelListings < 1) {
			throw new IllegalArgumentException(
					"clipvault.gallery.parallel-reads and clipvault.gallery.parallel-listings must be at least 1");
		}
	}

}
