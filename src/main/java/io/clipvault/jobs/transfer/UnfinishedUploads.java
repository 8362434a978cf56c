package io.clipvault.jobs.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clipvault.jobs.JobEnded;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.JobFiles;
import io.clipvault.jobs.ledger.PartRows;
import io.clipvault.jobs.ledger.UntidyJobs;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Aborts the multipart uploads of a job's own files that were never completed; other
 * uploads in the bucket are left alone.
 */
@Component
public class UnfinishedUploads {

	private static final Logger log = LoggerFactory.getLogger(UnfinishedUploads.class);

	private final JobObjects objects;

	private final Claims claims;

	private final UntidyJobs untidy;

	private final PartRows parts;

	private final JobFiles files;

	/** The job whose uploads the store refused to abort in the last sweep. */
	private @Nullable JobId refused;

	UnfinishedUploads(JobObjects objects, Claims claims, UntidyJobs untidy, PartRows parts, JobFiles files) {
		this.objects = objects;
		this.claims = claims;
		this.untidy = untidy;
		this.parts = parts;
		this.files = files;
	}

	@Async(UploadExecutors.CLEANUP)
	@TransactionalEventListener
	void abortAfter(JobEnded ended) {
		if (ended.status() != JobStatus.COMPLETED) {
			abort(ended.posting().job());
		}
	}

	/** Aborts without making the caller wait for the store. */
	@Async(UploadExecutors.CLEANUP)
	public void abortSoon(JobId job) {
		abort(job);
	}

	/** Returns false if the store refuses. */
	private boolean abort(JobId job) {
		try {
			this.untidy.claim(job).ifPresent(this::abort);
		}
		catch (Claim.Lost posted) {
			log.debug("Job {} was posted again: its next run cleans up.", job);
		}
		catch (Problem failure) {
			log.warn("Job {}: its unfinished uploads are aborted later: {}", job, failure.detail());
			return false;
		}
		return true;
	}

	/**
	 * Cleans up after every ended job that is still untidy, until the store refuses. The
	 * next call begins after that job, because the store may take the others.
	 */
	public synchronized void abortAll() {
		List<JobId> jobs = new ArrayList<>(this.untidy.all());
		Collections.rotate(jobs, -1 - jobs.indexOf(this.refused));
		this.refused = jobs.stream().filter((job) -> !abort(job)).findFirst().orElse(null);
	}

	private void abort(Claim claim) {
		// Some stores list an upload only by its exact key, so the known ids come first.
		Map<String, String> unfinished = new HashMap<>(recorded(claim.job()));
		unfinished.putAll(unfinished(claim.job()));
		// Everything listed before this check belongs to a run that is over.
		if (!this.claims.isHeld(claim)) {
			return;
		}
		unfinished.forEach((upload, key) -> this.objects.abort(key, upload));
		if (!unfinished.isEmpty()) {
			log.info("Job {}: {} unfinished uploads were aborted.", claim.job(), unfinished.size());
		}
		if (unfinished(claim.job()).isEmpty()) {
			this.claims.write(claim, () -> {
				this.parts.clear(claim.job());
				this.untidy.clear(claim.job());
			});
		}
	}

	/**
	 * Aborts multipart uploads that the rows do not know, as a crash or a retried create
	 * leaves them.
	 * @return whether uploads that the rows know are open
	 */
	boolean abortUnknown(Claim claim) {
		Set<String> known = this.parts.openUploads(claim.job());
		Map<String, String> found = unfinished(claim.job());
		this.claims.requireHeld(claim);
		found.forEach((upload, key) -> {
			if (!known.contains(upload)) {
				this.objects.abort(key, upload);
			}
		});
		this.parts.removeForeign(claim);
		return found.keySet().stream().anyMatch(known::contains);
	}

	private Map<String, String> recorded(JobId job) {
		Map<String, String> recorded = new HashMap<>();
		this.parts.uploads(job).forEach((file, upload) -> recorded.put(upload, this.objects.key(job, file)));
		return recorded;
	}

	/** Keys by upload id. */
	private Map<String, String> unfinished(JobId job) {
		Set<String> own = this.files.keys(job);
		// Uploads of files that only an earlier posting had.
		this.parts.uploads(job).keySet().forEach((file) -> own.add(this.objects.key(job, file)));
		Map<String, String> unfinished = new HashMap<>(this.objects.unfinished(job));
		unfinished.values().retainAll(own);
		return unfinished;
	}

}
