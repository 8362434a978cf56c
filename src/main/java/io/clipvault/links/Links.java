package io.clipvault.links;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Signs links into the bucket; a link ends no later than the credentials that sign it.
 */
@Component
public class Links {

	private final S3Presigner presigner;

	private final AwsCredentialsProvider credentials;

	private final Store store;

	private final Clock clock;

	private final LinkSettings settings;

	Links(S3Presigner presigner, AwsCredentialsProvider credentials, Store store, Clock clock, LinkSettings settings) {
		this.presigner = presigner;
		this.credentials = credentials;
		this.store = store;
		this.clock = clock;
		this.settings = settings;
	}

	/** A link with which anyone can read the object until it ends. */
	public String toRead(String key, Duration lifetime) {
		Duration real = within(lifetime);
		return this.presigner
			.presignGetObject((link) -> link.signatureDuration(real)
				.getObjectRequest((object) -> object.bucket(this.store.bucket()).key(key)))
			.url()
			.toExternalForm();
	}

	/** The lifetime, or what is left of the credentials if that is less. */
	public Duration within(Duration lifetime) {
		Optional<Instant> end = this.store.call(this.credentials::resolveCredentials).expirationTime();
		if (end.isEmpty()) {
			return lifetime;
		}
		Duration left = Duration.between(this.clock.instant(), end.get()).truncatedTo(ChronoUnit.SECONDS);
		if (!left.isPositive()) {
			throw new Problem(ProblemType.STORE_REFUSED,
					"The temporary credentials have expired: fetch new ones and restart the service.");
		}
		return (left.compareTo(lifetime) < 0) ? left : lifetime;
	}

	/** The address of the bucket for browsers, to which forms are posted. */
	public URI bucketAddress() {
		String object = this.presigner
			.presignPutObject((link) -> link.signatureDuration(Duration.ofMinutes(1))
				.putObjectRequest((put) -> put.bucket(this.store.bucket()).key("x")))
			.url()
			.toExternalForm();
		return URI.create(object.substring(0, object.indexOf("/x?")));
	}

	/** The address of an object for browsers, without the signature that it may need. */
	public URI address(String key) {
		return URI.create(bucketAddress() + "/" + encoded(key));
	}

	/** The address where anyone can read the object; null if the bucket is not public. */
	public @Nullable URI publicUrl(String key) {
		URI bucket = this.settings.publicBucketUrl();
		return (bucket == null || bucket.toString().isEmpty()) ? null
				: URI.create(bucket.toString().replaceFirst("/+$", "") + "/" + encoded(key));
	}

	private static String encoded(String key) {
		// Escapes all but letters, digits and - . _ ~, as the signer does, and keeps
		// slashes.
		return UriUtils.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
	}

	ShareLink share(ObjectKey key, LinkRequest request, LinkLifetime lifetime) {
		Duration real = within(lifetime.asked());
		return switch (request.method()) {
			case PUT -> link(key, LinkMethod.PUT, toWrite(key, request.contentType(), real));
			case GET -> link(key, LinkMethod.GET, toRead(key, request, real));
			case null -> link(key, LinkMethod.GET, toRead(key, request, real));
		};
	}

	private PresignedRequest toRead(ObjectKey key, LinkRequest request, Duration lifetime) {
		return this.presigner.presignGetObject((link) -> link.signatureDuration(lifetime)
			.getObjectRequest((object) -> object.bucket(this.store.bucket())
				.key(key.value())
				.responseContentDisposition(disposition(request))
				.responseContentType(request.contentType())));
	}

	private PresignedRequest toWrite(ObjectKey key, @Nullable String contentType, Duration lifetime) {
		return this.presigner.presignPutObject((link) -> link.signatureDuration(lifetime)
			.putObjectRequest(
					(object) -> object.bucket(this.store.bucket()).key(key.value()).contentType(contentType)));
	}

	private static @Nullable String disposition(LinkRequest request) {
		Disposition wanted = request.disposition();
		String name = request.downloadName();
		if (name == null) {
			return (wanted == null) ? null : wanted.word();
		}
		return ((wanted == null) ? Disposition.ATTACHMENT : wanted).header(name);
	}

	private ShareLink link(ObjectKey key, LinkMethod method, PresignedRequest signed) {
		Map<String, String> headers = new TreeMap<>();
		signed.signedHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
		headers.remove("host");
		return new ShareLink(key.value(), method, URI.create(signed.url().toExternalForm()), headers,
				signed.expiration().truncatedTo(ChronoUnit.SECONDS), publicUrl(key.value()));
	}

}
