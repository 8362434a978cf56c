package io.clipvault.objects.content;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.clipvault.abilities.CheckedCopies;
import io.clipvault.abilities.PartLimit;
import io.clipvault.objects.ObjectsSettings;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Copies large objects inside the store, several parts at once. */
@Component
class CopiesInParts {

	private static final Logger log = LoggerFactory.getLogger(CopiesInParts.class);

	private final S3Client s3;

	private final StoreCalls calls;

	private final CheckedCopies copies;

	private final PartLimit limit;

	private final ObjectsSettings settings;

	CopiesInParts(S3Client s3, StoreCalls calls, CheckedCopies copies, PartLimit limit, ObjectsSettings settings) {
		this.s3 = s3;
		this.calls = calls;
		this.copies = copies;
		this.limit = limit;
		this.settings = settings;
	}

	/** Whether one call cannot copy an object of this size. */
	boolean mustCopy(long size) {
		return size > this.settings.copyThreshold().toBytes();
	}

	void copy(Copy copy) {
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
		long wanted = this.settings.copyPartSize().toBytes();
		int most = this.limit.forParts(Math.ceilDiv(size, wanted));
		long partSize = Math.max(wanted, Math.ceilDiv(size, most));
		List<Callable<CompletedPart>> copies = new ArrayList<>();
		for (long start = 0; start < size; start += partSize) {
			int number = copies.size() + 1;
			String range = "bytes=%d-%d".formatted(start, Math.min(size, start + partSize) - 1);
			copies.add(() -> CompletedPart.builder()
				.partNumber(number)
				.eTag(call(copy, () -> this.copies.copyPart(copy.partRequest(upload, number, range))).copyPartResult()
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
		return this.calls.on(copy.bucket(), copy.key().value(), copy.feature(), call);
	}

}
