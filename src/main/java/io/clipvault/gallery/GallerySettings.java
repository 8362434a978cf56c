package io.clipvault.gallery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gallery's links.
 *
 * @param linkLifetime how long a clip's link works; an answer is kept for half of that at
 * the most
 */
@ConfigurationProperties("clipvault.gallery")
record GallerySettings(@DefaultValue("2h") Duration linkLifetime) {

	private static final Duration MAX_LIFETIME = Duration.ofDays(7);

	GallerySettings {
		if (linkLifetime.compareTo(MAX_LIFETIME) > 0) {
			throw new IllegalArgumentException("clipvault.gallery.link-lifetime must be at most 7 days");
		}
	}

}
