package io.clipvault.abilities;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many parts an object may have.
 *
 * @param maxParts the most parts that the store takes for one object; if it is not set,
 * the store is asked before the first object of more than ten parts
 */
@ConfigurationProperties("clipvault.storage")
public record PartSettings(@Nullable Integer maxParts) {

	public PartSettings {
		if (maxParts != null && (maxParts < 1 || maxParts > PartLimit.MOST)) {
			throw new IllegalArgumentException(
					"clipvault.storage.max-parts must be from 1 to %d: %d".formatted(PartLimit.MOST, maxParts));
		}
	}

}
