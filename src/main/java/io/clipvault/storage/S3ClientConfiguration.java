package io.clipvault.storage;

import java.net.URI;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The one place where the S3 clients are set: address, region, checksums, retries and
 * time-outs.
 */
@Configuration(proxyBeanMethods = false)
class S3ClientConfiguration {

	/** More than uploads, gallery reads and streams together keep open. */
	private static final int MAX_CONNECTIONS = 256;

	private static final Logger log = LoggerFactory.getLogger(S3ClientConfiguration.class);

	private final StorageSettings settings;

	private final StoreConnection connection;

	S3ClientConfiguration(StorageSettings settings, StoreConnection connection) {
		this.settings = settings;
		this.connection = connection;
		log.info("Store: {}.", connection);
		log.info("Bucket: {}{}.", settings.bucket(),
				settings.prefix().isEmpty() ? "" : ", keys start with " + settings.prefix());
	}

	@Bean
	AwsRegionProvider regionProvider() {
		return () -> Region.of(this.connection.region());
	}

	@Bean
	S3ClientCustomizer s3ClientCustomizer() {
		boolean checksums = trailers();
		return (builder) -> builder.forcePathStyle(pathStyle())
			.accelerate(this.settings.acceleration())
			.requestChecksumCalculation(
					checksums ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(
					checksums ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
			.httpClientBuilder(Apache5HttpClient.builder()
				.maxConnections(MAX_CONNECTIONS)
				.connectionTimeout(this.settings.connectTimeout())
				.socketTimeout(this.settings.readTimeout()))
			.overrideConfiguration(limited(builder.overrideConfiguration()));
	}

	private ClientOverrideConfiguration limited(ClientOverrideConfiguration configuration) {
		return configuration.toBuilder()
			.apiCallTimeout(this.settings.callTimeout())
			.retryStrategy(StandardRetryStrategy.builder().maxAttempts(this.settings.maxAttempts()).build())
			.build();
	}

	/**
	 * Signs for the address that the browser sees, which may not be the one the service
	 * uses.
	 */
	@Bean
	S3Presigner s3Presigner(AwsCredentialsProvider credentials,
			@Value("${clipvault.links.public-endpoint:#{null}}") @Nullable URI publicEndpoint) {
		S3Presigner.Builder builder = S3Presigner.builder()
			.region(Region.of(this.connection.region()))
			.credentialsProvider(credentials)
			.serviceConfiguration(S3Configuration.builder()
				.pathStyleAccessEnabled(pathStyle())
				.accelerateModeEnabled(this.settings.acceleration())
				.build());
		URI endpoint = (publicEndpoint != null) ? publicEndpoint : this.connection.endpoint();
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	private boolean pathStyle() {
		return (this.settings.pathStyle() != null) ? this.settings.pathStyle() : this.connection.endpoint() != null;
	}

	private boolean trailers() {
		return switch (this.settings.checksums()) {
			case AUTO -> this.connection.endpoint() == null;
			case WHEN_SUPPORTED -> true;
			case WHEN_REQUIRED -> false;
		};
	}

	/** A store outside this process, found by the variables of AWS. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnEngine(StorageEngine.S3)
	static class OutsideStore {

		@Bean
		StoreConnection storeConnection(StorageSettings settings) {
			return new StoreConnection((settings.endpoint() == null) ? "Amazon S3" : "the S3-compatible store",
					settings.endpoint(), settings.region(), null, null);
		}

	}

}
