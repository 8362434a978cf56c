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

/** The addresses of objects that a bucket's policy lets anyone read. */
@Component
public class PublicAddresses {

	/** A policy rarely changes, and a listing asks for it once per object. */
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
	 * The presigner knows the store's public address; only the signature is cut off.
	 */
	private String address(BucketName bucket, String key) {
		URL signed = this.presigner
			.presignGetObject((link) -> link.signatureDuration(FRESH)
				.getObjectRequest((object) -> object.bucket(bucket.value()).key(key)))
			.url();
		return QUERY.matcher(signed.toExternalForm()).replaceFirst("");
	}

}
