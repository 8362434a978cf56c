package io.clipvault.storage;

import java.net.URI;
import java.time.Duration;

import io.clipvault.problems.StartRefused;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The store and how to reach it.
 *
 * @param engine auto, embedded or s3; auto means s3 if an AWS variable is set, else
 * embedded
 * @param bucket the bucket that holds the jobs
 * @param region the bucket's region
 * @param endpoint the address of an S3-compatible store; empty for Amazon S3
 * @param prefix the prefix of every job's keys; empty, or ending in a slash
 * @param pathStyle whether URLs carry the bucket in the path instead of the host name; by
 * default only if an endpoint is set
 * @param checksums when requests carry a checksum trailer; auto sends it only to AWS,
 * because many other stores refuse it
 * @param acceleration whether to use the accelerate endpoint of AWS
 * @param maxAttempts how often a call is tried, including the first attempt
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for data on a connection
 * @param attemptTimeout how long one attempt at a call may wait for the store, beside one
 * second for each MiB that it carries
 */
@ConfigurationProperties("clipvault.storage")
public record StorageSettings(@DefaultValue("auto") StorageEngine engine,
		@DefaultValue(StorageSettings.DEFAULT_BUCKET) String bucket, @DefaultValue("us-east-1") String region,
		@Nullable URI endpoint, @DefaultValue("") String prefix, @Nullable Boolean pathStyle,
		@DefaultValue("auto") Checksums checksums, @DefaultValue("false") boolean acceleration,
		@DefaultValue("5") int maxAttempts, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("30s") Duration readTimeout, @DefaultValue("30s") Duration attemptTimeout) {

	static final String DEFAULT_BUCKET = "openshorts.app-clips";

	public StorageSettings {
		// Compose passes an unset variable on as an empty string.
		bucket = StringUtils.hasText(bucket) ? bucket.strip() : DEFAULT_BUCKET;
		region = StringUtils.hasText(region) ? region.strip() : "us-east-1";
		if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
			throw new IllegalArgumentException(
					"clipvault.storage.prefix must be empty, or end with a slash and not start with one: " + prefix);
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
		if (attemptTimeout.isNegative() || attemptTimeout.isZero()) {
			throw new IllegalArgumentException(
					"clipvault.storage.attempt-timeout must be longer than 0: " + attemptTimeout);
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

		/** Like {@link #WHEN_SUPPORTED} on AWS, like {@link #WHEN_REQUIRED} elsewhere. */
		AUTO,

		/** Wherever the protocol supports one. */
		WHEN_SUPPORTED,

		/** Only where the protocol requires one. */
		WHEN_REQUIRED

	}

}
