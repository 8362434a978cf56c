package io.clipvault.jobs.audits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Compares one job with the bucket. */
@Component
class JobComparison {

	/** How often a job is compared that is posted again each time meanwhile. */
	private static final int TRIES = 3;

	private final StoredFiles files;

	private final ObjectComparison objects;

	private final AuditSettings settings;

	private final ApplicationEventPublisher events;

	JobComparison(StoredFiles files, ObjectComparison objects, AuditSettings settings,
			ApplicationEventPublisher events) {
		this.files = files;
		this.objects = objects;
		this.settings = settings;
		this.events = events;
	}

	/** The job that follows another in an audit. */
	Optional<JobId> after(String job) {
		return this.files.after(job, 1).stream().findFirst();
	}

	/**
	 * Compares a job. A difference counts only if the job is still the same afterwards:
	 * it may have been posted again or removed meanwhile.
	 * @return empty if the bucket has to hold nothing of the job
	 */
	Optional<Compared> compare(JobId id, boolean deep, BooleanSupplier stopping) {
		for (int count = 0; count < TRIES; count++) {
			Optional<StoredFiles.Stored> job = this.files.of(id);
			if (job.isEmpty()) {
				return Optional.empty();
			}
			Compared compared = compare(job.get(), deep, stopping);
			if (compared.isIntact() || this.files.of(id).equals(job)) {
				return Optional.of(compared);
			}
		}
		return Optional.empty();
	}

	/** Notes that the job is intact, or has it mended. */
	void conclude(Compared compared) {
		if (compared.isIntact()) {
			this.files.verified(compared.job());
		}
		else if (this.settings.mend() && !compared.missing().isEmpty()) {
			this.events.publishEvent(new ArtifactsMissing(compared.job().id()));
		}
	}

	private Compared compare(StoredFiles.Stored job, boolean deep, BooleanSupplier stopping) {
		Compared compared = new Compared(job, new ArrayList<>(), new ArrayList<>());
		for (StoredFiles.File file : job.files()) {
			if (stopping.getAsBoolean()) {
				throw new AuditRun.Stopping();
			}
			Finding finding = new Finding(job.id(), file.key());
			switch (deep ? this.objects.compareBytes(file, stopping) : this.objects.compare(file)) {
				case MISSING -> compared.missing().add(finding);
				case CHANGED -> compared.changed().add(finding);
				case INTACT -> {
				}
			}
		}
		return compared;
	}

	/** A job and how its objects differ. */
	record Compared(StoredFiles.Stored job, List<Finding> missing, List<Finding> changed) {

		boolean isIntact() {
			return this.missing.isEmpty() && this.changed.isEmpty();
		}

	}

}
