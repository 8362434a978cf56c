package io.clipvault.objects;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A listing that goes on: how far it is, and what it will come to. */
record Counting(BucketName bucket, Instant startedAt, AtomicLong objects, AtomicLong bytes,
		CompletableFuture<Counted> result) {

	static Counting of(BucketName bucket, Instant startedAt) {
		return new Counting(bucket, startedAt, new AtomicLong(), new AtomicLong(), new CompletableFuture<>());
	}

	StorageReport.Progress progress() {
		return new StorageReport.Progress(this.objects.get(), this.bytes.get(), this.startedAt);
	}

	/** What a listing came to. */
	record Counted(Tally tally, Instant at) {
	}

}
