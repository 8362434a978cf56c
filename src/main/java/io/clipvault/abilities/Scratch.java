package io.clipvault.abilities;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What a probe writes into the bucket; closing it removes all of it, in a bucket that
 * keeps versions too.
 */
final class Scratch implements AutoCloseable {

	static final String BODY = "x";

	private static final Logger log = LoggerFactory.getLogger(Scratch.class);

	private final S3Client s3;

	private final Store store;

	private final String key;

	private final List<Written> written = new ArrayList<>();

	private @Nullable String upload;

	/** The key has no slash behind the prefix, so that no job can have it. */
	Scratch(S3Client s3, Store store) {
		this.s3 = s3;
		this.store = store;
		this.key = store.prefix() + ".clipvault-probe-" + UUID.randomUUID();
	}

	String bucket() {
		return this.store.bucket();
	}

	String key() {
		return this.key;
	}

	/** Puts one byte. */
	void put(Consumer<PutObjectRequest.Builder> more) {
		PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(bucket()).key(this.key);
		more.accept(put);
		String version = this.store.call(() -> this.s3.putObject(put.build(), RequestBody.fromString(BODY)))
			.versionId();
		wrote(this.key, version);
	}

	/** Puts one byte as an object of one part. */
	void putInParts() {
		String tag = sendPart(1);
		String version = this.store
			.call(() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(bucket())
				.key(this.key)
				.uploadId(upload())
				.multipartUpload((all) -> all.parts(CompletedPart.builder().partNumber(1).eTag(tag).build()))))
			.versionId();
		this.upload = null;
		wrote(this.key, version);
	}

	/** Sends one byte as a part of an upload that is begun for this. */
	String sendPart(int number) {
		String id = upload();
		return this.store.call(
				() -> this.s3.uploadPart((part) -> part.bucket(bucket()).key(this.key).uploadId(id).partNumber(number),
						RequestBody.fromString(BODY)))
			.eTag();
	}

	private String upload() {
		if (this.upload == null) {
			this.upload = this.store
				.call(() -> this.s3.createMultipartUpload((create) -> create.bucket(bucket()).key(this.key)))
				.uploadId();
		}
		return this.upload;
	}

	/** Remembers what has to be removed. */
	void wrote(String key, @Nullable String version) {
		this.written.add(new Written(key, version));
	}

	List<Written> written() {
		return List.copyOf(this.written);
	}

	/** Forgets what the probe has removed itself. */
	void removed() {
		this.written.clear();
	}

	@Override
	public void close() {
		String id = this.upload;
		if (id != null) {
			remove(() -> this.s3.abortMultipartUpload((abort) -> abort.bucket(bucket()).key(this.key).uploadId(id)));
		}
		this.written.forEach((object) -> remove(() -> this.s3
			.deleteObject((delete) -> delete.bucket(bucket()).key(object.key()).versionId(object.version()))));
	}

	private void remove(Runnable removal) {
		try {
			this.store.call(() -> {
				removal.run();
				return this.key;
			});
		}
		catch (StoreFailure failure) {
			log.warn("'{}', which was written to find out what the store can do, could not be removed: {}", this.key,
					failure.detail());
		}
	}

	/** An object, and its version where the bucket keeps versions. */
	record Written(String key, @Nullable String version) {
	}

}
