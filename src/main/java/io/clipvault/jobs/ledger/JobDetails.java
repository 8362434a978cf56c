package io.clipvault.jobs.ledger;

import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import io.clipvault.webhooks.Deliveries;
import org.springframework.stereotype.Component;

/** Shows a job with its files, the bytes in flight and the state of its webhook. */
@Component
public class JobDetails {

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

	public JobView get(JobId id) {
		return view(this.jobs.get(id));
	}

	public Optional<JobView> find(JobId id) {
		return this.jobs.find(id).map(this::view);
	}

	private JobView view(Job job) {
		List<JobFile> files = this.files.of(job.id())
			.stream()
			.map((file) -> file.withBytesInFlight(this.inFlight.of(job.id(), file.name())))
			.toList();
		return JobView.of(job, files, this.deliveries.last(job.posting().subject()).orElse(null));
	}

}
