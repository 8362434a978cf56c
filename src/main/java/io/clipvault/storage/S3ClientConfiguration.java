package io.clipvault.storage;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.clipvault.problems.StartRefused;
import io.clipvault.storage.http.BoundedHttpClient;
import io.clipvault.storage.http.DigestAuthScheme;
import io.clipvault.storage.http.ExpectedAnswers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.AttributeMap;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Configures the S3 clients: address, region, checksums, retries and timeouts.
 */
@Configuration(proxyBeanMethods = false)
class S3ClientConfiguration {

	/** More than uploads, gallery reads and downloads use at the same time. */
	private static final int MAX_CONNECTIONS = 256;

	/** How much longer an attempt may take for each MiB that it carries. */
	private static final Duration PER_MEBIBYTE = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(S3ClientConfiguration.class);

	private final StorageSettings settings;

	private final StoreConnection connection;

	S3ClientConfiguration(StorageSettings settings, StoreConnection connection) {
		this.settings = settings;
		this.connection = connection;
		if (settings.acceleration() && connection.endpoint() != null) {
			throw new StartRefused("Acceleration works only with AWS, and the store is " + connection + ".",
					"Leave clipvault.storage.acceleration unset.");
		}
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
		return this::customize;
	}

	void customize(S3ClientBuilder builder) {
		boolean checksums = sendsTrailers();
		builder.forcePathStyle(pathStyle())
			.putAuthScheme(new DigestAuthScheme())
			.accelerate(this.settings.acceleration())
			.requestChecksumCalculation(
					checksums ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(
					checksums ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
			.httpClientBuilder(this::httpClient)
			.overrideConfiguration(configured(builder.overrideConfiguration()));
		if (!checksums) {
			// Swift and older stores want Content-MD5 where S3 takes any checksum.
			builder.addPlugin(LegacyMd5Plugin.create());
		}
	}

	private SdkHttpClient httpClient(AttributeMap defaults) {
		return new BoundedHttpClient(httpClient(defaults, this.settings.readTimeout()),
				httpClient(defaults, BoundedHttpClient.WORK), this.settings.attemptTimeout(), BoundedHttpClient.WORK,
				PER_MEBIBYTE);
	}

	private SdkHttpClient httpClient(AttributeMap defaults, Duration readTimeout) {
		return Apache5HttpClient.builder()
			.maxConnections(MAX_CONNECTIONS)
			.connectionTimeout(this.settings.connectTimeout())
			.socketTimeout(readTimeout)
			.buildWithDefaults(defaults);
	}

	private ClientOverrideConfiguration configured(ClientOverrideConfiguration configuration) {
		return configuration.toBuilder()
			.retryStrategy(StandardRetryStrategy.builder().maxAttempts(this.settings.maxAttempts()).build())
			.addExecutionInterceptor(new ExpectedAnswers())
			.build();
	}

	/**
	 * Signs URLs for the address that browsers use, which may differ from the one that
	 * the service uses.
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
		// Compose passes an unset variable on as an empty string.
		URI endpoint = (publicEndpoint != null && publicEndpoint.isAbsolute()) ? publicEndpoint
				: this.connection.endpoint();
		if (endpoint != null) {
			builder.endpointOverride(endpoint);
		}
		return builder.build();
	}

	private boolean pathStyle() {
		return (this.settings.pathStyle() != null) ? this.settings.pathStyle() : this.connection.endpoint() != null;
	}

	private boolean sendsTrailers() {
		return switch (this.settings.checksums()) {
			case AUTO -> this.connection.endpoint() == null;
			case WHEN_SUPPORTED -> true;
			case WHEN_REQUIRED -> false;
		};
	}

	/**
	 * A store outside this process, found by its endpoint setting or the AWS variables.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnEngine(StorageEngine.S3)
	static class OutsideStore {

		private static final List<String> ENDPOINT_VARIABLES = List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

		@Bean
		StoreConnection storeConnection(StorageSettings settings, Environment environment) {
			URI endpoint = (settings.endpoint() != null) ? settings.endpoint() : named(environment);
			if (endpoint == null && ENDPOINT_VARIABLES.stream().anyMatch(System.getenv()::containsKey)) {
				// The SDK reads these variables itself and fails if one is empty.
				System.setProperty(SdkSystemSetting.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS.property(), "true");
			}
			return new StoreConnection((endpoint == null) ? "Amazon S3" : "the S3-compatible store", endpoint,
					settings.region(), null, null);
		}

		private static @Nullable URI named(Environment environment) {
			return ENDPOINT_VARIABLES.stream()
				.map(environment::getProperty)
				.filter(StringUtils::hasText)
				.findFirst()
				.map(StorageSettings::endpoint)
				.orElse(null);
		}

	}

}
