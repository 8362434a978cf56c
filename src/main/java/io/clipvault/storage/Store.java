package io.clipvault.storage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.clipvault.storage.http.DigestSigner;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import org.springframework.stereotype.Component;

/**
 * The service's bucket, and calls to the store whose SDK exceptions become a
 * {@link StoreFailure}.
 */
@Component
public class Store {

	/**
	 * Header with the SHA-256 of the body; {@link DigestSigner} signs the value as it is.
	 */
	public static final String CONTENT_SHA256 = DigestSigner.CONTENT_SHA256;

	/** The number of objects that S3 deletes in one call at most. */
	public static final int DELETE_LIMIT = 1000;

	private final S3Client s3;

	private final Downloads downloads;

	private final StorageSettings settings;

	private final StoreConnection connection;

	Store(S3Client s3, Downloads downloads, StorageSettings settings, StoreConnection connection) {
		this.s3 = s3;
		this.downloads = downloads;
		this.settings = settings;
		this.connection = connection;
	}

	public String bucket() {
		return this.settings.bucket();
	}

	public String prefix() {
		return this.settings.prefix();
	}

	public String region() {
		return this.connection.region();
	}

	/** Whether the store is the engine inside this process. */
	public boolean embedded() {
		return this.connection.accessKey() != null;
	}

	/** Makes one call to the store; throws a {@link StoreFailure} if it fails. */
	public <T> T call(Supplier<T> call) {
		return call(this.settings.bucket(), call);
	}

	/** Makes one call on a bucket that may be another than the service's own. */
	public <T> T call(String bucket, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SdkException failure) {
			throw StoreFailure.of(failure, this.connection, bucket);
		}
	}

	/** Asks for an object of the service's own bucket; empty if there is none. */
	public Optional<HeadObjectResponse> head(String key) {
		return head(HeadObjectRequest.builder().bucket(bucket()).key(key).build());
	}

	/** Asks for an object, or a version of it; empty if there is none. */
	public Optional<HeadObjectResponse> head(HeadObjectRequest request) {
		try {
			return Optional.of(call(request.bucket(), () -> this.s3.headObject(request)));
		}
		catch (StoreFailure failure) {
			if (failure.notFound()) {
				return Optional.empty();
			}
			throw failure;
		}
	}

	/**
	 * Deletes at most {@value #DELETE_LIMIT} objects of a bucket.
	 * @return the objects that the store did not delete; a missing one counts as deleted
	 */
	public List<S3Error> delete(String bucket, List<ObjectIdentifier> objects) {
		// A batch is sent as XML, which cannot carry control characters.
		Map<Boolean, List<ObjectIdentifier>> plain = objects.stream()
			.collect(Collectors.partitioningBy((object) -> object.key().chars().noneMatch(Character::isISOControl)));
		for (ObjectIdentifier object : plain.getOrDefault(false, List.of())) {
			call(bucket, () -> this.s3
				.deleteObject((delete) -> delete.bucket(bucket).key(object.key()).versionId(object.versionId())));
		}
		List<ObjectIdentifier> batch = plain.getOrDefault(true, List.of());
		if (batch.isEmpty()) {
			return List.of();
		}
		return call(bucket, () -> this.s3
			.deleteObjects((request) -> request.bucket(bucket).delete((delete) -> delete.objects(batch).quiet(true)))
			.errors()
			.stream()
			.filter((error) -> !"NoSuchKey".equals(error.code()))
			.toList());
	}

	/**
	 * Opens an object inside a {@link #call}, for somebody who may read it slowly; the
	 * caller closes it.
	 */
	public ObjectBytes open(GetObjectRequest object) {
		return new ObjectBytes(this.downloads.open(object), this.connection);
	}

	/** The failure for an object that a batch delete kept. */
	public StoreFailure kept(S3Error error) {
		return StoreFailure.of(error, this.connection, this.settings.bucket());
	}

	/** The store's name, with a capital for the start of a sentence. */
	public String name() {
		return this.connection.name().substring(0, 1).toUpperCase(Locale.ROOT) + this.connection.name().substring(1);
	}

}
