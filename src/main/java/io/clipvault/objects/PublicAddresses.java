package io.clipvault.objects;

import java.net.URL;
import java.time.Duration;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.stereotype.Component;

/** Where anyone can read an object: only in a bucket whose policy lets anyone. */
@Component
public class PublicAddresses {

	/** A policy changes seldom, and a list asks for it with each object. */
	private static final Duration FRESH = Duration.ofMinutes(1);

	private static final int BUCKETS = 1000;

	private static final Pattern QUERY = Pattern.compile("\\?.*");

	private static final Logger log = LoggerFactory.getLogger(PublicAddresses.class);

	private final S3Client s3;

	private final StoreCalls calls;

	private final S3Presigner presigner;

	private final Cache<BucketName, BucketPolicy> policies = Caffeine.newBuilder()
		.expireAfterWrite(FRESH)
		.maximumSize(BUCKETS)
		.build();

	PublicAddresses(S3Client s3, StoreCalls calls, S3Presigner presigner) {
		this.s3 = s3;
		this.calls = calls;
		this.presigner = presigner;
	}

	public @Nullable String of(BucketName bucket, String key) {
		boolean readable = this.policies.get(bucket, this::policy).letsAnyoneRead(bucket.value(), key);
		return readable ? address(bucket, key) : null;
	}

	private BucketPolicy policy(BucketName bucket) {
		try {
			return BucketPolicy.read(this.calls
				.on(bucket, Feature.BUCKETS, () -> this.s3.getBucketPolicy((request) -> request.bucket(bucket.value())))
				.policy());
		}
		catch (StoreFailure noneOrForbidden) {
			log.debug("The policy of {} is not known: {}", bucket, noneOrForbidden.detail());
			return BucketPolicy.NONE;
		}
	}

	/**
	 * The presigner knows the address that the outside sees; its signature is left out.
	 */
	private String address(BucketName bucket, String key) {
		URL signed = this.presigner
			.presignGetObject((link) -> link.signatureDuration(FRESH)
				.getObjectRequest((object) -> object.bucket(bucket.value()).key(key)))
			.url();
		return QUERY.matcher(signed.toExternalForm()).replaceFirst("");
	}

}
