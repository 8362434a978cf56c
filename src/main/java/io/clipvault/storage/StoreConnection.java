package io.clipvault.storage;

import java.net.URI;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is and, where this service made them itself, its keys.
 *
 * @param name what people call the store, for sentences
 * @param endpoint its address; AWS itself when {@code null}
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

	/** Leaves the keys out, so that no log can show them. */
	@Override
	public String toString() {
		return (this.endpoint == null) ? this.name + " in " + this.region : this.name + " at " + this.endpoint;
	}

}
