package io.clipvault.storage;

import java.net.URI;
import java.time.Duration;

import io.clipvault.problems.StartRefused;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The store and how it is spoken to.
 *
 * @param engine which store: auto is the embedded one unless a variable of AWS is set
 * @param bucket the bucket that holds the jobs
 * @param region the bucket's region
 * @param endpoint the address of an S3-compatible store; AWS itself when empty
 * @param prefix what every job's keys start with; empty, or ending in a slash
 * @param pathStyle whether the bucket stands in the path instead of the host; when empty,
 * it does where an endpoint is set
 * @param checksums when requests carry a checksum trailer: auto sends them to AWS and
 * spares other stores, many of which refuse them
 * @param acceleration whether to use the accelerate endpoint of AWS
 * @param maxAttempts how often one call is tried, the first time included
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long a connection may stay silent
 */
@ConfigurationProperties("clipvault.storage")
public record StorageSettings(@DefaultValue("auto") StorageEngine engine,
		@DefaultValue(StorageSettings.DEFAULT_BUCKET) String bucket, @DefaultValue("us-east-1") String region,
		@Nullable URI endpoint, @DefaultValue("") String prefix, @Nullable Boolean pathStyle,
		@DefaultValue("auto") Checksums checksums, @DefaultValue("false") boolean acceleration,
		@DefaultValue("5") int maxAttempts, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("30s") Duration readTimeout) {

	static final String DEFAULT_BUCKET = "openshorts.app-clips";

	public StorageSettings {
		// A variable that compose passes on without a value arrives as an empty text.
		bucket = StringUtils.hasText(bucket) ? bucket.strip() : DEFAULT_BUCKET;
		region = StringUtils.hasText(region) ? region.strip() : "us-east-1";
		if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
			throw new IllegalArgumentException(
					"clipvault.storage.prefix must be empty or end, and not start, with a slash: " + prefix);
		}
		if (endpoint != null) {
			endpoint = endpoint(endpoint.toString());
		}
		if (acceleration && bucket.contains(".")) {
			throw new IllegalArgumentException(
					"clipvault.storage.acceleration needs a bucket whose name has no dot: " + bucket);
		}
		if (maxAttempts < 1) {
			throw new IllegalArgumentException("clipvault.storage.max-attempts must be at least 1: " + maxAttempts);
		}
	}

	static URI endpoint(String text) {
		URI endpoint = URI.create(text.strip());
		if (endpoint.getHost() == null) {
			throw new StartRefused("The store's endpoint '%s' is not an address.".formatted(text),
					"Write it with its scheme, such as https://s3.example.org.");
		}
		return endpoint;
	}

	/** When requests carry a checksum trailer. */
	public enum Checksums {

		/** On AWS always, elsewhere only where the protocol requires one. */
		AUTO,

		/** Wherever the protocol knows one. */
		WHEN_SUPPORTED,

		/** Only where the protocol requires one. */
		WHEN_REQUIRED

	}

}
