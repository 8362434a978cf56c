package io.clipvault.storage;

import java.net.URI;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import org.jspecify.annotations.Nullable;

/**
 * The store's address and, for the embedded engine, its keys.
 *
 * @param name the store's name in messages
 * @param endpoint its address; {@code null} for AWS
 */
public record StoreConnection(String name, @Nullable URI endpoint, String region, @Nullable String accessKey,
		@Nullable String secretKey) implements AwsConnectionDetails {

	@Override
	public @Nullable URI getEndpoint() {
		return this.endpoint;
	}

	@Override
	public String getRegion() {
		return this.region;
	}

	/** Without the keys, so that no log can show them. */
	@Override
	public String toString() {
		return (this.endpoint == null) ? this.name + " in " + this.region : this.name + " at " + this.endpoint;
	}

}
