package io.clipvault.jobs.audits;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.storage.ObjectBytes;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Compares one object of the bucket with the file that was stored there. */
@Component
class ObjectComparison {

	private final Store store;

	private final Pace pace;

	/** A platform thread: hashing does not let go of a virtual thread's carrier. */
	private final ExecutorService reader = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("audit-", 0).factory());

	ObjectComparison(Store store, Pace pace) {
		this.store = store;
		this.pace = pace;
	}

	@PreDestroy
	void close() {
		this.reader.shutdownNow();
	}

	/** Compares size and digest as the object's headers say them. */
	Outcome compare(StoredFiles.File file) {
		this.pace.await();
		return this.store.head(file.key())
			.map((head) -> matches(file, head.contentLength(), head.metadata()) ? Outcome.INTACT : Outcome.CHANGED)
			.orElse(Outcome.MISSING);
	}

	/** Compares the headers, and then the bytes. */
	Outcome compareBytes(StoredFiles.File file, BooleanSupplier stopping) {
		this.pace.await();
		Future<Outcome> outcome = this.reader.submit(() -> read(file, stopping));
		try {
			return outcome.get();
		}
		catch (InterruptedException interrupted) {
			outcome.cancel(true);
			Thread.currentThread().interrupt();
			throw new AuditRun.Stopping();
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof RuntimeException known) {
				throw known;
			}
			throw new IllegalStateException("An object could not be compared", failure.getCause());
		}
	}

	private Outcome read(StoredFiles.File file, BooleanSupplier stopping) throws IOException {
		GetObjectRequest get = GetObjectRequest.builder().bucket(this.store.bucket()).key(file.key()).build();
		try (ObjectBytes object = this.store.call(() -> this.store.openForService(get))) {
			if (!matches(file, object.response().contentLength(), object.response().metadata())) {
				return Outcome.CHANGED;
			}
			PartsDigest digest = new PartsDigest(file, stopping);
			object.writeTo(digest);
			return digest.text().equals(file.digest()) ? Outcome.INTACT : Outcome.CHANGED;
		}
		catch (StoreFailure failure) {
			if (failure.notFound()) {
				return Outcome.MISSING;
			}
			if (failure.code().equals("InvalidObjectState")) {
				// It lies in an archive class, where only its headers can be read.
				return compare(file);
			}
			throw failure;
		}
	}

	private static boolean matches(StoredFiles.File file, long size, Map<String, String> metadata) {
		return size == file.size() && file.digest().equals(metadata.get(ArtifactHeaders.DIGEST));
	}

	/** How an object differs from its file. */
	enum Outcome {

		INTACT, MISSING, CHANGED

	}

}
