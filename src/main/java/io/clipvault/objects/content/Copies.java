package io.clipvault.objects.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
import io.clipvault.objects.Feature;
import io.clipvault.objects.ObjectsSettings;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;

/** Copies objects inside the store, in parts if an object is too large for one call. */
@Component
class Copies {

	private static final int MOST_PARTS = 10_000;

	private static final Logger log = LoggerFactory.getLogger(Copies.class);

	private final S3Client s3;

	private final StoreCalls calls;

	private final BucketScope scope;

	private final StoredObjects objects;

	private final ObjectsSettings settings;

	Copies(S3Client s3, StoreCalls calls, BucketScope scope, StoredObjects objects, ObjectsSettings settings) {
		this.s3 = s3;
		this.calls = calls;
		this.scope = scope;
		this.objects = objects;
		this.settings = settings;
	}

	ObjectDetails copy(BucketName bucket, CopyRequest request) {
		BucketName sourceBucket = (request.sourceBucket() != null) ? this.scope.resolve(request.sourceBucket())
				: bucket;
		ObjectKey source = new ObjectKey(request.sourceKey());
		ObjectKey key = new ObjectKey(request.key());
		HeadObjectResponse head = this.objects.head(sourceBucket, source, request.sourceVersionId());
		Copy copy = new Copy(sourceBucket, source, bucket, key, request, head);
		if (head.contentLength() > this.settings.copyThreshold().toBytes()) {
			copyParts(copy);
		}
		else {
			call(copy, () -> this.s3.copyObject(copy.wholeRequest()));
		}
		return this.objects.details(bucket, key, null);
	}

	private void copyParts(Copy copy) {
		String upload = call(copy,
				() -> this.s3.createMultipartUpload(copy.object().multipartRequest(copy.bucket(), copy.key())))
			.uploadId();
		try {
			List<CompletedPart> parts = parts(copy, upload);
			call(copy,
					() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(copy.bucket().value())
						.key(copy.key().value())
						.uploadId(upload)
						.multipartUpload((completed) -> completed.parts(parts))));
		}
		catch (RuntimeException failure) {
			abort(copy, upload);
			throw failure;
		}
	}

	private List<CompletedPart> parts(Copy copy, String upload) {
		long size = copy.head().contentLength();
		long partSize = Math.max(this.settings.copyPartSize().toBytes(), Math.ceilDiv(size, MOST_PARTS));
		List<Callable<CompletedPart>> copies = new ArrayList<>();
		for (long start = 0; start < size; start += partSize) {
			int number = copies.size() + 1;
			String range = "bytes=%d-%d".formatted(start, Math.min(size, start + partSize) - 1);
			copies.add(() -> CompletedPart.builder()
				.partNumber(number)
				.eTag(call(copy, () -> this.s3.uploadPartCopy(copy.partRequest(upload, number, range))).copyPartResult()
					.eTag())
				.build());
		}
		try (ExecutorService copiers = Executors.newFixedThreadPool(this.settings.parallelCopies(),
				Thread.ofVirtual().factory())) {
			List<CompletedPart> parts = new ArrayList<>();
			for (Future<CompletedPart> part : copiers.invokeAll(copies)) {
				parts.add(part.get());
			}
			return parts;
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: send the request again.",
					interrupted);
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw new IllegalStateException("Copying a part failed", failure.getCause());
		}
	}

	private void abort(Copy copy, String upload) {
		try {
			call(copy, () -> this.s3.abortMultipartUpload(
					(abort) -> abort.bucket(copy.bucket().value()).key(copy.key().value()).uploadId(upload)));
		}
		catch (StoreFailure failure) {
			log.warn("The unfinished copy of {} could not be aborted in {}: {}", copy.key(), copy.bucket(),
					failure.detail());
		}
	}

	private <T> T call(Copy copy, Supplier<T> call) {
		return this.calls.on(copy.bucket(), copy.key().value(),
				(copy.request().encryption() != null) ? Feature.ENCRYPTION : Feature.COPIES, call);
	}

	/**
	 * A copy in progress; the store refuses it if the source has changed since
	 * {@code head}.
	 */
	private record Copy(BucketName sourceBucket, ObjectKey source, BucketName bucket, ObjectKey key,
			CopyRequest request, HeadObjectResponse head) {

		NewObject object() {
			UserMetadata metadata = (this.request.metadata() != null) ? UserMetadata.of(this.request.metadata())
					: UserMetadata.ofStore(this.head.metadata());
			String contentType = (this.request.contentType() != null) ? this.request.contentType()
					: Objects.requireNonNullElse(this.head.contentType(), "application/octet-stream");
			return new NewObject(contentType, NewObject.ContentHeaders.of(this.head), metadata, placement(), false);
		}

		private NewObject.Placement placement() {
			return new NewObject.Placement(
					Objects.requireNonNullElse(this.request.storageClass(),
							Objects.requireNonNullElse(this.head.storageClassAsString(), "STANDARD")),
					this.request.encryption(), this.request.kmsKeyId());
		}

		CopyObjectRequest wholeRequest() {
			NewObject object = object();
			CopyObjectRequest.Builder copy = CopyObjectRequest.builder()
				.sourceBucket(this.sourceBucket.value())
				.sourceKey(this.source.value())
				.sourceVersionId(this.request.sourceVersionId())
				.copySourceIfMatch(this.head.eTag())
				.destinationBucket(this.bucket.value())
				.destinationKey(this.key.value())
				.storageClass(object.placement().storageClass())
				.serverSideEncryption(object.placement().encryption())
				.ssekmsKeyId(object.placement().kmsKeyId());
			if (!this.request.changes()) {
				return copy.metadataDirective(MetadataDirective.COPY).build();
			}
			return copy.metadataDirective(MetadataDirective.REPLACE)
				.contentType(object.contentType())
				.cacheControl(object.headers().cacheControl())
				.contentDisposition(object.headers().disposition())
				.contentEncoding(object.headers().encoding())
				.contentLanguage(object.headers().language())
				.metadata(object.metadata().toStore())
				.build();
		}

		UploadPartCopyRequest partRequest(String upload, int number, String range) {
			return UploadPartCopyRequest.builder()
				.sourceBucket(this.sourceBucket.value())
				.sourceKey(this.source.value())
				.sourceVersionId(this.request.sourceVersionId())
				.copySourceIfMatch(this.head.eTag())
				.copySourceRange(range)
				.destinationBucket(this.bucket.value())
				.destinationKey(this.key.value())
				.uploadId(upload)
				.partNumber(number)
				.build();
		}

	}

}
