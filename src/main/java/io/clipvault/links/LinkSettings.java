package io.clipvault.links;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Links into the bucket.
 *
 * @param publicEndpoint the store's address as browsers see it, for which links are
 * signed; the one that the service uses when empty
 * @param publicBucketUrl where anyone may read the bucket's objects without a signature,
 * such as https://cdn.example.org/clips; empty for a private bucket
 */
@ConfigurationProperties("clipvault.links")
record LinkSettings(@Nullable URI publicEndpoint, @Nullable URI publicBucketUrl) {

	LinkSettings {
		requireAddress("public-endpoint", publicEndpoint);
		requireAddress("public-bucket-url", publicBucketUrl);
	}

	private static void requireAddress(String name, @Nullable URI address) {
		if (address != null && !address.toString().isEmpty()
				&& (address.getHost() == null || address.getRawQuery() != null)) {
			throw new IllegalArgumentException(
					"clipvault.links.%s must be an address such as https://s3.example.org: %s".formatted(name,
							address));
		}
	}

}
