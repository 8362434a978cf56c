package io.clipvault.jobs.transfer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.clipvault.abilities.Ability;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileBody;
import io.clipvault.jobs.ledger.BytesInFlight;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.Part;

/** The calls to the store that upload a job's files. */
@Component
class JobObjects {

	private final S3Client s3;

	private final Store store;

	private final ObjectHeaders headers;

	private final SentBytes bytes;

	private final StoreAbilities abilities;

	JobObjects(S3Client s3, Store store, ObjectHeaders headers, SentBytes bytes, StoreAbilities abilities) {
		this.s3 = s3;
		this.store = store;
		this.headers = headers;
		this.bytes = bytes;
		this.abilities = abilities;
	}

	/** The sizes of the job's objects in the bucket, by key. */
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

	/** The digest of an object's content, if this service stored it. */
	Optional<String> digest(String key) {
		return this.store.head(key).map((head) -> head.metadata().get(ArtifactHeaders.DIGEST));
	}

	void put(Sending sending) {
		send(sending, 1, (body) -> this.s3.putObject(this.headers.put(sending), body));
	}

	/** Begins a multipart upload and returns its id. */
	String begin(Sending sending) {
		return this.store.call(() -> this.s3.createMultipartUpload(this.headers.multipart(sending))).uploadId();
	}

	/** Sends a part and returns its ETag. */
	String sendPart(Sending sending, String uploadId, int number) {
		try {
			return send(sending, uploadId, number);
		}
		catch (StoreFailure refused) {
			if (number > 1 && refused.status() == 400 && refused.code().equals("InvalidArgument")) {
				throw refused.as(ProblemType.STORE_REFUSED,
						"%s refuses part %,d of %s (%s): it takes fewer parts than S3, so set clipvault.storage.max-parts to its limit, or raise clipvault.upload.part-size."
							.formatted(this.store.name(), number, sending.artifact().fileName(), refused.told()));
			}
			throw refused;
		}
	}

	private String send(Sending sending, String uploadId, int number) {
		return send(sending, number, (body) -> this.s3.uploadPart((part) -> part.bucket(this.store.bucket())
			.key(sending.artifact().key())
			.uploadId(uploadId)
			.partNumber(number)
			.overrideConfiguration(
					(request) -> request.putHeader(Store.CONTENT_SHA256, sending.digest().parts().get(number - 1))),
				body))
			.eTag();
	}

	private <T> T send(Sending sending, int number, Function<RequestBody, T> request) {
		Artifact artifact = sending.artifact();
		ContentDigest digest = sending.digest();
		AtomicLong sent = this.bytes.begin(sending.job(), artifact.fileName());
		long length = digest.length(number);
		try (FileBody body = new FileBody(artifact.file(), digest.offset(number), length, sent)) {
			T answer = this.store.call(
					() -> request.apply(RequestBody.fromContentProvider(body, length, artifact.name().contentType())));
			this.bytes.arrived(length);
			return answer;
		}
		finally {
			this.bytes.end(sending.job(), sent);
		}
	}

	/**
	 * The parts that the store has of an upload, by number; empty if it does not know the
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

	void complete(String key, String uploadId, Map<Integer, String> etags) {
		this.store.call(() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(this.store.bucket())
			.key(key)
			.uploadId(uploadId)
			.multipartUpload((upload) -> upload.parts(etags.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.map((part) -> CompletedPart.builder().partNumber(part.getKey()).eTag(part.getValue()).build())
				.toList()))));
	}

	/** Aborts an upload; one that the store no longer knows is no failure. */
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
	 * The keys of the unfinished uploads under a job's folder, by upload id; none where
	 * the store cannot list them.
	 */
	Map<String, String> unfinished(JobId job) {
		return this.abilities.call(Ability.MULTIPART_LISTING, () -> listUnfinished(job), Map::of);
	}

	private Map<String, String> listUnfinished(JobId job) {
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
		return ArtifactKey.folder(this.store.prefix(), job);
	}

}
