package io.clipvault.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.Part;

/** The calls to the store that bring a job's files there. */
@Component
class JobObjects {

	private final S3Client s3;

	private final Store store;

	private final ObjectHeaders headers;

	private final Progress progress;

	private final MeterRegistry meters;

	JobObjects(S3Client s3, Store store, ObjectHeaders headers, Progress progress, MeterRegistry meters) {
		this.s3 = s3;
		this.store = store;
		this.headers = headers;
		this.progress = progress;
		this.meters = meters;
	}

	/** The sizes of what the bucket holds for a job, by key. */
	Map<String, Long> present(JobId job) {
		return this.store.call(() -> {
			Map<String, Long> sizes = new HashMap<>();
			this.s3
				.listObjectsV2Paginator(
						(list) -> list.bucket(this.store.bucket()).prefix(folder(job)).encodingType(EncodingType.URL))
				.contents()
				.forEach((object) -> sizes.put(object.key(), object.size()));
			return sizes;
		});
	}

	/** What an object holds, if this service stored it. */
	Optional<String> digest(String key) {
		try {
			return Optional.ofNullable(
					this.store.call(() -> this.s3.headObject((head) -> head.bucket(this.store.bucket()).key(key)))
						.metadata()
						.get(ObjectHeaders.DIGEST));
		}
		catch (StoreFailure failure) {
			if (failure.notFound()) {
				return Optional.empty();
			}
			throw failure;
		}
	}

	void put(JobId job, Artifact artifact, ContentDigest digest) {
		sending(job, artifact, digest, 1,
				(body) -> this.s3.putObject(this.headers.put(job, artifact, digest)
					.bucket(this.store.bucket())
					.key(artifact.key())
					.overrideConfiguration(
							(request) -> request.putHeader(Store.CONTENT_SHA256, digest.parts().getFirst()))
					.build(), body));
	}

	/** Begins an upload in parts and returns its id. */
	String begin(JobId job, Artifact artifact, ContentDigest digest) {
		return this.store.call(() -> this.s3.createMultipartUpload(
				this.headers.multipart(job, artifact, digest).bucket(this.store.bucket()).key(artifact.key()).build()))
			.uploadId();
	}

	/** Sends a part and returns its tag. */
	String sendPart(JobId job, Artifact artifact, ContentDigest digest, String uploadId, int number) {
		return sending(job, artifact, digest, number,
				(body) -> this.s3.uploadPart((part) -> part.bucket(this.store.bucket())
					.key(artifact.key())
					.uploadId(uploadId)
					.partNumber(number)
					.overrideConfiguration(
							(request) -> request.putHeader(Store.CONTENT_SHA256, digest.parts().get(number - 1))),
						body))
			.eTag();
	}

	private <T> T sending(JobId job, Artifact artifact, ContentDigest digest, int number,
			Function<RequestBody, T> request) {
		AtomicLong sent = this.progress.begin(job, artifact.fileName());
		long length = digest.length(number);
		try {
			T answer = this.store.call(() -> request.apply(RequestBody.fromContentProvider(
					() -> FileRange.open(artifact.file(), digest.offset(number), length, sent), length,
					artifact.contentType())));
			this.meters.counter("clipvault.upload.bytes").increment((double) length);
			return answer;
		}
		finally {
			this.progress.end(job, artifact.fileName(), sent);
		}
	}

	/**
	 * The parts the store has of an upload, by number; empty when it knows no such
	 * upload.
	 */
	Optional<Map<Integer, Part>> parts(String key, String uploadId) {
		try {
			return Optional.of(this.store.call(() -> {
				Map<Integer, Part> parts = new HashMap<>();
				this.s3.listPartsPaginator((list) -> list.bucket(this.store.bucket()).key(key).uploadId(uploadId))
					.parts()
					.forEach((part) -> parts.put(part.partNumber(), part));
				return parts;
			}));
		}
		catch (StoreFailure failure) {
			if (failure.notFound()) {
				return Optional.empty();
			}
			throw failure;
		}
	}

	void complete(String key, String uploadId, Map<Integer, String> tags) {
		this.store.call(() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(this.store.bucket())
			.key(key)
			.uploadId(uploadId)
			.multipartUpload((upload) -> upload.parts(tags.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.map((part) -> CompletedPart.builder().partNumber(part.getKey()).eTag(part.getValue()).build())
				.toList()))));
	}

	/** Ends an upload without an object; one that is gone already is no failure. */
	void abort(String key, String uploadId) {
		try {
			this.store.call(() -> this.s3
				.abortMultipartUpload((abort) -> abort.bucket(this.store.bucket()).key(key).uploadId(uploadId)));
		}
		catch (StoreFailure failure) {
			if (!failure.notFound()) {
				throw failure;
			}
		}
	}

	/**
	 * The keys of the unfinished uploads that lie where a job's files go, by their ids.
	 */
	Map<String, String> unfinished(JobId job) {
		return this.store.call(() -> {
			Map<String, String> keys = new HashMap<>();
			this.s3
				.listMultipartUploadsPaginator(
						(list) -> list.bucket(this.store.bucket()).prefix(folder(job)).encodingType(EncodingType.URL))
				.uploads()
				.forEach((upload) -> keys.put(upload.uploadId(), upload.key()));
			return keys;
		});
	}

	String key(JobId job, String fileName) {
		return new ArtifactKey(job, fileName).under(this.store.prefix());
	}

	private String folder(JobId job) {
		return this.store.prefix() + job + "/";
	}

}
