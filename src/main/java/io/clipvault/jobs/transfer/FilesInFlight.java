package io.clipvault.jobs.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.JobFile;
import io.clipvault.jobs.ledger.JobFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that one run is sending. Their ends are written in groups, because each write
 * waits for the disk; after a crash, the next run finds unwritten ones in the bucket.
 */
final class FilesInFlight {

	/** The longest time for which an end stays unwritten. */
	private static final Duration FLUSH_AFTER = Duration.ofMillis(100);

	/**
	 * Flush once unwritten files reach 2 % of the job (1 to 8 MiB), so that progress
	 * never jumps back.
	 */
	private static final int FLUSH_FRACTION = 50;

	private static final long SMALLEST_FLUSH = 1 << 20;

	private static final long LARGEST_FLUSH = 8 << 20;

	private static final Logger log = LoggerFactory.getLogger(FilesInFlight.class);

	private final Claim claim;

	private final FileEnds ends;

	private final int limit;

	private final long flushBytes;

	private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

	private final List<JobFiles.End> unwritten = new ArrayList<>();

	private long unwrittenBytes;

	private Instant writtenAt;

	private int inFlight;

	private boolean over;

	private UploadOutcome outcome = new UploadOutcome.Done();

	FilesInFlight(Claim claim, FileEnds ends, int limit, long jobBytes) {
		this.claim = claim;
		this.ends = ends;
		this.limit = limit;
		this.flushBytes = Math.clamp(jobBytes / FLUSH_FRACTION, SMALLEST_FLUSH, LARGEST_FLUSH);
		this.writtenAt = ends.now();
	}

	/** The outcome of all files so far. */
	UploadOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Waits until one more file may be sent; false if no other file needs to be tried.
	 */
	boolean awaitRoom() {
		while (this.inFlight == this.limit) {
			awaitNext();
		}
		return !this.over;
	}

	void add(JobFile file, CompletableFuture<ContentDigest> upload) {
		this.inFlight++;
		var _ = upload.whenComplete((digest, failure) -> this.ended.add(new Ended(file, digest, failure)));
	}

	void awaitAll() {
		while (this.inFlight > 0) {
			awaitNext();
		}
	}

	private void awaitNext() {
		Ended file = poll();
		if (file != null) {
			this.inFlight--;
			add(file);
		}
		if (file == null || this.unwrittenBytes >= this.flushBytes || sinceWrite().compareTo(FLUSH_AFTER) >= 0) {
			flush();
		}
	}

	/** The next file that ended; null if it is time to flush first. */
	private @Nullable Ended poll() {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.unwritten.isEmpty() ? this.ended.take()
							: this.ended.poll(
									Math.min(FLUSH_AFTER.toMillis(), FLUSH_AFTER.minus(sinceWrite()).toMillis()),
									TimeUnit.MILLISECONDS);
				}
				catch (InterruptedException stop) {
					// The requests in flight have to end first.
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** After the clock was set back nobody knows how long, so it is time to write. */
	private Duration sinceWrite() {
		Duration since = Duration.between(this.writtenAt, this.ends.now());
		return since.isNegative() ? FLUSH_AFTER : since;
	}

	private void add(Ended file) {
		UploadOutcome how = file.outcome();
		String name = file.file().name();
		switch (how) {
			case UploadOutcome.Done _ -> {
				this.unwritten.add(new JobFiles.End(name, JobStatus.COMPLETED, file.digest(), null));
				this.unwrittenBytes += file.file().size();
			}
			case UploadOutcome.Failed failed -> {
				this.unwritten.add(new JobFiles.End(name, JobStatus.FAILED, null, failed.why()));
				log.warn("Job {}: not uploaded. {}", this.claim.job(), failed.why());
			}
			case UploadOutcome.Postponed postponed -> {
				this.unwritten.add(new JobFiles.End(name, JobStatus.QUEUED, null, postponed.why()));
				log.warn("Job {}: {} was not uploaded. {}", this.claim.job(), name, postponed.why(), file.failure());
			}
			case UploadOutcome.Lost _, UploadOutcome.Stopping _ ->
				log.debug("Job {}: {} was not uploaded.", this.claim.job(), name, file.failure());
		}
		add(how);
		this.ends.count(how);
	}

	private void add(UploadOutcome more) {
		this.outcome = this.outcome.and(more);
		this.over |= more.endsAll();
	}

	/** Writes the ends that are not written yet. */
	void flush() {
		List<JobFiles.End> ends = List.copyOf(this.unwritten);
		this.unwritten.clear();
		this.unwrittenBytes = 0;
		this.writtenAt = this.ends.now();
		if (ends.isEmpty() || this.outcome instanceof UploadOutcome.Lost) {
			return;
		}
		try {
			this.ends.write(this.claim, ends);
		}
		catch (RuntimeException failure) {
			log.warn("Job {}: the ends of {} files could not be written.", this.claim.job(), ends.size(), failure);
			add(UploadOutcome.of(failure));
		}
	}

	/** A file whose upload has ended. */
	private record Ended(JobFile file, @Nullable ContentDigest digest, @Nullable Throwable failure) {

		UploadOutcome outcome() {
			return (this.failure == null) ? new UploadOutcome.Done() : UploadOutcome.of(this.file.name(), this.failure);
		}

	}

}
