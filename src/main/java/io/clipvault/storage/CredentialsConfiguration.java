package io.clipvault.storage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

import io.clipvault.problems.StartRefused;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Resolves the credentials at the start, so that a service without credentials does not
 * start.
 */
@Configuration(proxyBeanMethods = false)
class CredentialsConfiguration {

	private static final Logger log = LoggerFactory.getLogger(CredentialsConfiguration.class);

	private static final String REPAIR = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (in the environment or in .env), "
			+ "give the machine a role, or choose clipvault.storage.engine=embedded to keep the objects on this disk.";

	@Bean
	AwsCredentialsProvider credentialsProvider(StoreConnection connection, Environment environment) {
		if (connection.accessKey() != null && connection.secretKey() != null) {
			return StaticCredentialsProvider
				.create(AwsBasicCredentials.create(connection.accessKey(), connection.secretKey()));
		}
		AwsCredentials named = named(environment);
		if (named != null) {
			return StaticCredentialsProvider.create(named);
		}
		AwsCredentialsProvider provider = DefaultCredentialsProvider.builder()
			.profileName(text(environment, "AWS_PROFILE"))
			.build();
		try {
			provider.resolveCredentials();
		}
		catch (SdkClientException none) {
			throw new StartRefused("The engine is s3, but no AWS credentials were found.", REPAIR, none);
		}
		return provider;
	}

	/**
	 * Reads the variables from the environment and from .env, which the SDK itself does
	 * not know.
	 */
	private static @Nullable AwsCredentials named(Environment environment) {
		String accessKey = text(environment, "AWS_ACCESS_KEY_ID");
		String secretKey = text(environment, "AWS_SECRET_ACCESS_KEY");
		if (accessKey == null && secretKey == null) {
			return null;
		}
		if (accessKey == null || secretKey == null) {
			throw new StartRefused("Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set.", REPAIR);
		}
		String token = text(environment, "AWS_SESSION_TOKEN");
		return (token != null) ? AwsSessionCredentials.builder()
			.accessKeyId(accessKey)
			.secretAccessKey(secretKey)
			.sessionToken(token)
			.expirationTime(end(environment))
			.build() : AwsBasicCredentials.create(accessKey, secretKey);
	}

	/** The end of the session; the session token alone does not tell it. */
	private static @Nullable Instant end(Environment environment) {
		String end = text(environment, "AWS_CREDENTIAL_EXPIRATION");
		if (end == null) {
			log.warn(
					"AWS_SESSION_TOKEN is set without AWS_CREDENTIAL_EXPIRATION: links may stop working earlier than they state.");
			return null;
		}
		try {
			return OffsetDateTime.parse(end).toInstant();
		}
		catch (DateTimeParseException unreadable) {
			throw new StartRefused("AWS_CREDENTIAL_EXPIRATION is not a time: " + end + ".",
					"Write it as 2026-01-31T12:00:00Z, as 'aws configure export-credentials --format env' does.",
					unreadable);
		}
	}

	private static @Nullable String text(Environment environment, String name) {
		String value = environment.getProperty(name);
		return StringUtils.hasText(value) ? value.strip() : null;
	}

}
