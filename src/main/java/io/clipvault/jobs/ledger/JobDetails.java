package io.clipvault.jobs.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.clipvault.jobs.JobStatus;
import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.Deliveries;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Shows a job with its files, the bytes in flight and the state of its webhook. */
@Component
public class JobDetails {

	/** The most files in a job's own answer; the others are on pages. */
	static final int MOST_FILES = 100;

	private final Jobs jobs;

	private final JobFiles files;

	private final BytesInFlight inFlight;

	private final Deliveries deliveries;

	JobDetails(Jobs jobs, JobFiles files, BytesInFlight inFlight, Deliveries deliveries) {
		this.jobs = jobs;
		this.files = files;
		this.inFlight = inFlight;
		this.deliveries = deliveries;
	}

	/** A job with its first files. */
	public JobView get(JobId id) {
		return view(this.jobs.get(id));
	}

	public Optional<JobView> find(JobId id) {
		return this.jobs.find(id).map(this::view);
	}

	private JobView view(Job job) {
		Map<String, Long> inFlight = this.inFlight.of(job.id());
		List<JobFile> files = this.files.page(job.id(), null, -1, MOST_FILES)
			.stream()
			.map((entry) -> entry.file().withBytesInFlight(inFlight))
			.toList();
		return JobView.of(job, total(inFlight)).with(files, this.deliveries.last(job.posting().subject()).orElse(null));
	}

	/** How far a job is, without its files. */
	public JobView progress(JobId id) {
		return progress(this.jobs.get(id));
	}

	private JobView progress(Job job) {
		return JobView.of(job, total(this.inFlight.of(job.id())));
	}

	/**
	 * How far the jobs are that changed between two times or that this process sends,
	 * without their files, the latest change last.
	 * @param most how many jobs that changed; the latest, if there are more
	 */
	public List<JobView> changed(Instant from, Instant until, int most) {
		Set<JobId> ids = new HashSet<>(this.jobs.changed(from, until, most));
		ids.addAll(this.inFlight.jobs());
		return this.jobs.all(ids).stream().map(this::progress).toList();
	}

	/**
	 * How far the newest jobs are that are queued, uploading or tried again, without
	 * their files.
	 */
	public List<JobView> open(int most) {
		return this.jobs.all(this.jobs.open(most)).stream().map(this::progress).toList();
	}

	/** A page of a job's files. */
	List<JobFiles.Entry> files(JobId id, @Nullable JobStatus status, int after, int limit) {
		this.jobs.get(id);
		Map<String, Long> inFlight = this.inFlight.of(id);
		return this.files.page(id, status, after, limit)
			.stream()
			.map((entry) -> new JobFiles.Entry(entry.position(), entry.file().withBytesInFlight(inFlight)))
			.toList();
	}

	private static long total(Map<String, Long> inFlight) {
		return inFlight.values().stream().mapToLong(Long::longValue).sum();
	}

}
