package io.clipvault.report;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.objects.BucketName;

/** A listing in progress: what it has counted so far. */
record Counting(BucketName bucket, Instant startedAt, AtomicLong objects, AtomicLong bytes) {

	static Counting of(BucketName bucket, Instant startedAt) {
		return new Counting(bucket, startedAt, new AtomicLong(), new AtomicLong());
	}

	StorageReport.Progress progress() {
		return new StorageReport.Progress(this.objects.get(), this.bytes.get(), this.startedAt);
	}

	/** The result of a listing. */
	record Counted(Tally tally, Instant at) {
	}

}
