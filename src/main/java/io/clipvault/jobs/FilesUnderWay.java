package io.clipvault.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that one run has on their way. How they ended is written for many at once,
 * because each write waits for the disk; a run after a crash finds in the bucket what was
 * not written yet.
 */
final class FilesUnderWay {

	/** So long an end is kept back, at most. */
	private static final Duration KEPT = Duration.ofMillis(100);

	/**
	 * Ends of a fiftieth of the job's bytes are not kept back, or its progress would seem
	 * to go backwards; the part that counts lies between these bounds.
	 */
	private static final int NOTICEABLE_PART = 50;

	private static final long NEVER_NOTICEABLE = 1 << 20;

	private static final long ALWAYS_NOTICEABLE = 8 << 20;

	private static final Logger log = LoggerFactory.getLogger(FilesUnderWay.class);

	private final Claim claim;

	private final Claims claims;

	private final MeterRegistry meters;

	private final Clock clock;

	private final int most;

	private final long noticeable;

	private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

	private final List<FileEnd> unwritten = new ArrayList<>();

	private long unwrittenBytes;

	private Instant writtenAt;

	private int underWay;

	private boolean over;

	private UploadOutcome outcome = new UploadOutcome.Done();

	FilesUnderWay(Claim claim, Claims claims, MeterRegistry meters, Clock clock, int most, long bytes) {
		this.claim = claim;
		this.claims = claims;
		this.meters = meters;
		this.clock = clock;
		this.most = most;
		this.noticeable = Math.clamp(bytes / NOTICEABLE_PART, NEVER_NOTICEABLE, ALWAYS_NOTICEABLE);
		this.writtenAt = clock.instant();
	}

	/** What all files have come to so far. */
	UploadOutcome outcome() {
		return this.outcome;
	}

	/** Waits until one more may be sent; false if none needs to be tried any more. */
	boolean awaitRoom() {
		while (this.underWay == this.most) {
			next();
		}
		return !this.over;
	}

	void add(JobFile file, CompletableFuture<ContentDigest> upload) {
		this.underWay++;
		var _ = upload.whenComplete((digest, failure) -> this.ended.add(new Ended(file, digest, failure)));
	}

	void awaitAll() {
		while (this.underWay > 0) {
			next();
		}
	}

	private void next() {
		Ended file = polled();
		if (file != null) {
			this.underWay--;
			note(file);
		}
		if (file == null || this.unwrittenBytes >= this.noticeable || keptFor().compareTo(KEPT) >= 0) {
			write();
		}
	}

	/** The next file that ended; none if it is time to write first. */
	private @Nullable Ended polled() {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return this.unwritten.isEmpty() ? this.ended.take() : this.ended
						.poll(Math.min(KEPT.toMillis(), KEPT.minus(keptFor()).toMillis()), TimeUnit.MILLISECONDS);
				}
				catch (InterruptedException stop) {
					// What is on its way has to end first.
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

	private Duration keptFor() {
		return Duration.between(this.writtenAt, this.clock.instant());
	}

	private void note(Ended file) {
		UploadOutcome how = file.outcome();
		String name = file.file().name();
		switch (how) {
			case UploadOutcome.Done _ -> {
				this.unwritten.add(new FileEnd(name, JobStatus.COMPLETED, file.digest(), null));
				this.unwrittenBytes += file.file().size();
			}
			case UploadOutcome.Failed failed -> {
				this.unwritten.add(new FileEnd(name, JobStatus.FAILED, null, failed.why()));
				log.warn("Job {}: not uploaded. {}", this.claim.job(), failed.why());
			}
			case UploadOutcome.Postponed postponed -> {
				this.unwritten.add(new FileEnd(name, JobStatus.QUEUED, null, postponed.why()));
				log.warn("Job {}: {} was not uploaded. {}", this.claim.job(), name, postponed.why(), file.failure());
			}
			case UploadOutcome.Lost _, UploadOutcome.Stopping _ ->
				log.debug("Job {}: {} was not uploaded.", this.claim.job(), name, file.failure());
		}
		add(how);
		this.meters.counter("clipvault.upload.files", "outcome", how.word()).increment();
	}

	private void add(UploadOutcome more) {
		this.outcome = this.outcome.and(more);
		this.over |= more.endsAll();
	}

	/** Writes how the files ended that have ended. */
	void write() {
		List<FileEnd> ends = List.copyOf(this.unwritten);
		this.unwritten.clear();
		this.unwrittenBytes = 0;
		this.writtenAt = this.clock.instant();
		if (ends.isEmpty() || this.outcome instanceof UploadOutcome.Lost) {
			return;
		}
		try {
			this.claims.filesEnded(this.claim, ends);
		}
		catch (RuntimeException failure) {
			log.warn("Job {}: how {} files ended could not be written.", this.claim.job(), ends.size(), failure);
			add(UploadOutcome.of(failure));
		}
	}

	/** A file whose upload is over. */
	private record Ended(JobFile file, @Nullable ContentDigest digest, @Nullable Throwable failure) {

		UploadOutcome outcome() {
			return (this.failure == null) ? new UploadOutcome.Done() : UploadOutcome.of(this.file.name(), this.failure);
		}

	}

}
