package io.clipvault.jobs.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.PartRows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Sends a large file in parts. The upload's id is recorded before the first part is sent,
 * and each part once it has arrived, so that a run after a crash sends only the others.
 */
@Component
class MultipartUploads {

	private static final Logger log = LoggerFactory.getLogger(MultipartUploads.class);

	private final JobObjects objects;

	private final PartRows parts;

	private final SendSlots slots;

	private final Claims claims;

	private final Executor executor;

	MultipartUploads(JobObjects objects, PartRows parts, SendSlots slots, Claims claims,
			@Qualifier(UploadExecutors.PARTS) Executor executor) {
		this.objects = objects;
		this.parts = parts;
		this.slots = slots;
		this.claims = claims;
		this.executor = executor;
	}

	/** Sends the missing parts, and completes the upload if the file is unchanged. */
	void send(Sending sending, FileState state) {
		Artifact artifact = sending.artifact();
		@Nullable String uploadId = resume(sending);
		if (uploadId == null) {
			uploadId = begin(sending);
		}
		sendMissing(sending, uploadId);
		state.requireUnchanged(artifact.file());
		this.claims.requireHeld(sending.claim());
		this.objects.complete(artifact.key(), uploadId, this.parts.etags(sending.job(), artifact.fileName()));
	}

	private String begin(Sending sending) {
		String uploadId = this.objects.begin(sending);
		try {
			this.parts.begin(sending.claim(), sending.artifact().fileName(),
					new PartRows.Begun(uploadId, sending.digest().text()));
			return uploadId;
		}
		catch (Claim.Lost lost) {
			this.objects.abort(sending.artifact().key(), uploadId);
			throw lost;
		}
	}

	/**
	 * Finds the upload of the same content that an earlier run began, and removes the
	 * rows of parts that the store does not have.
	 */
	private @Nullable String resume(Sending sending) {
		Artifact artifact = sending.artifact();
		ContentDigest digest = sending.digest();
		Optional<PartRows.Begun> begun = this.parts.find(sending.job(), artifact.fileName());
		if (begun.isEmpty()) {
			return null;
		}
		String uploadId = begun.get().uploadId();
		Optional<Map<Integer, Part>> stored = digest.hasText(begun.get().digest())
				? this.objects.parts(artifact.key(), uploadId) : Optional.empty();
		if (stored.isEmpty()) {
			this.objects.abort(artifact.key(), uploadId);
			return null;
		}
		Map<Integer, String> recorded = this.parts.etags(sending.job(), artifact.fileName());
		Set<Integer> lost = new HashSet<>(recorded.keySet());
		lost.removeIf((number) -> isSame(stored.get().get(number), recorded.get(number), digest.length(number)));
		long bytes = recorded.keySet()
			.stream()
			.filter((number) -> !lost.contains(number))
			.mapToLong(digest::length)
			.sum();
		this.parts.remove(sending.claim(), artifact.fileName(), lost, bytes);
		int arrived = recorded.size() - lost.size() + addArrived(sending, recorded.keySet(), stored.get());
		log.info("Job {}: {} resumes with {} of its {} parts in the bucket.", sending.job(), artifact.fileName(),
				arrived, digest.parts().size());
		return uploadId;
	}

	/**
	 * Records the parts whose rows were not written before a crash. The store accepted
	 * only bytes with the digest that signed them, and this upload was begun for exactly
	 * this content.
	 * @return how many there are
	 */
	private int addArrived(Sending sending, Set<Integer> recorded, Map<Integer, Part> stored) {
		int added = 0;
		for (int number = 1; number <= sending.digest().parts().size(); number++) {
			Part part = stored.get(number);
			long length = sending.digest().length(number);
			if (part != null && part.size() == length && !recorded.contains(number)) {
				this.parts.add(sending.claim(), sending.artifact().fileName(), number, part.eTag(), length);
				added++;
			}
		}
		return added;
	}

	private static boolean isSame(@Nullable Part stored, @Nullable String etag, long length) {
		return stored != null && etag != null && stored.size() == length
				&& unquoted(stored.eTag()).equals(unquoted(etag));
	}

	private static String unquoted(String etag) {
		return etag.replace("\"", "");
	}

	private void sendMissing(Sending sending, String uploadId) {
		Set<Integer> arrived = this.parts.etags(sending.job(), sending.artifact().fileName()).keySet();
		List<CompletableFuture<Void>> requests = new ArrayList<>();
		for (int number = 1; number <= sending.digest().parts().size(); number++) {
			if (requests.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
				break;
			}
			if (!arrived.contains(number)) {
				requests.add(start(sending, uploadId, number));
			}
		}
		try {
			CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).join();
		}
		catch (CompletionException failure) {
			throw (failure.getCause() instanceof RuntimeException cause) ? cause : failure;
		}
	}

	private CompletableFuture<Void> start(Sending sending, String uploadId, int number) {
		SendSlots.Slot slot;
		try {
			slot = this.slots.take(sending.job());
		}
		catch (SendSlots.Stopping stopping) {
			return CompletableFuture.failedFuture(stopping);
		}
		try {
			this.claims.requireHeld(sending.claim());
			return CompletableFuture.runAsync(() -> sendPart(sending, uploadId, number), this.executor)
				.whenComplete((none, failure) -> slot.close());
		}
		catch (RuntimeException failure) {
			slot.close();
			return CompletableFuture.failedFuture(failure);
		}
	}

	private void sendPart(Sending sending, String uploadId, int number) {
		String etag = this.objects.sendPart(sending, uploadId, number);
		this.parts.add(sending.claim(), sending.artifact().fileName(), number, etag, sending.digest().length(number));
	}

}
