package io.clipvault.gallery.catalog;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gallery's catalog.
 *
 * @param fresh how long what was read of the bucket is served before it is read again
 * @param kept how long it is served at the most when the store does not answer
 * @param parallelListings how many ranges of keys are listed at once
 * @param parallelReads how many metadata objects are read at once
 * @param largestMetadata metadata above this size is left out
 */
@ConfigurationProperties("clipvault.gallery")
public record CatalogSettings(@DefaultValue("5m") Duration fresh, @DefaultValue("1h") Duration kept,
		@DefaultValue("16") int parallelListings, @DefaultValue("32") int parallelReads,
		@DefaultValue("5MB") DataSize largestMetadata) {

	public CatalogSettings {
		if (fresh.isNegative() || fresh.isZero() || kept.compareTo(fresh) < 0) {
			throw new IllegalArgumentException(
					"clipvault.gallery.fresh must be longer than 0, and clipvault.gallery.kept at least as long");
		}
		if (parallelReads < 1 || parallelListings < 1) {
			throw new IllegalArgumentException(
					"clipvault.gallery.parallel-reads and clipvault.gallery.parallel-listings must be at least 1");
		}
	}

}
