package io.clipvault.storage;

import java.util.ArrayList;
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

	/** The number of objects that one call of {@link #delete} takes at most. */
	public static final int DELETE_LIMIT = 1000;

	/**
	 * Some stores delete the objects of a call one after another, and more of them would
	 * not be done in the time that an attempt has.
	 */
	private static final int BATCH = 250;

	private final S3Client s3;

	private final Downloads downloads;

	private final StorageSettings settings;

	private final StoreConnection connection;

	/** Set once the store has said that it cannot delete many objects in one call. */
	private volatile boolean withoutBatches;

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
		deleteEach(bucket, plain.getOrDefault(false, List.of()));
		List<ObjectIdentifier> batch = plain.getOrDefault(true, List.of());
		if (batch.isEmpty()) {
			return List.of();
		}
		List<S3Error> kept = new ArrayList<>();
		for (int start = 0; start < batch.size(); start += BATCH) {
			kept.addAll(deleteBatch(bucket, batch.subList(start, Math.min(batch.size(), start + BATCH))));
		}
		return kept;
	}

	private List<S3Error> deleteBatch(String bucket, List<ObjectIdentifier> batch) {
		if (!this.withoutBatches) {
			try {
				return deleteTogether(bucket, batch);
			}
			catch (StoreFailure failure) {
				if (!failure.unsupported()) {
					throw failure;
				}
				this.withoutBatches = true;
			}
		}
		deleteEach(bucket, batch);
		return List.of();
	}

	private void deleteEach(String bucket, List<ObjectIdentifier> objects) {
		for (ObjectIdentifier object : objects) {
			call(bucket, () -> this.s3
				.deleteObject((delete) -> delete.bucket(bucket).key(object.key()).versionId(object.versionId())));
		}
	}

	private List<S3Error> deleteTogether(String bucket, List<ObjectIdentifier> batch) {
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

	/**
	 * Opens an object as {@link #open} does, for this service itself: it waits for no
	 * caller, so slow readers of other objects do not take its connection.
	 */
	public ObjectBytes openForService(GetObjectRequest object) {
		return new ObjectBytes(this.s3.getObject(object), this.connection);
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
