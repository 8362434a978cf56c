package io.clipvault.jobs.audits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Compares one job with the bucket. */
@Component
class JobComparison {

	/** How often a job is compared that is posted again each time meanwhile. */
	private static final int TRIES = 3;

	/** How many jobs are asked for an object that can be read. */
	private static final int NEIGHBOURS = 3;

	private static final Logger log = LoggerFactory.getLogger(JobComparison.class);

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
	 * @param failing whether the store failed at this job several times before; an object
	 * that alone cannot be read then counts as changed
	 * @return empty if the bucket has to hold nothing of the job
	 */
	Optional<Compared> compare(JobId id, boolean deep, boolean failing, BooleanSupplier stopping) {
		for (int count = 0; count < TRIES; count++) {
			Optional<StoredFiles.Stored> job = this.files.of(id);
			if (job.isEmpty()) {
				return Optional.empty();
			}
			Compared compared = compare(job.get(), deep, failing, stopping);
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

	private Compared compare(StoredFiles.Stored job, boolean deep, boolean failing, BooleanSupplier stopping) {
		Compared compared = new Compared(job, new ArrayList<>(), new ArrayList<>());
		for (StoredFiles.File file : job.files()) {
			if (stopping.getAsBoolean()) {
				throw new AuditRun.Stopping();
			}
			Finding finding = new Finding(job.id(), file.key());
			switch (compare(job, file, deep, failing, stopping)) {
				case MISSING -> compared.missing().add(finding);
				case CHANGED -> compared.changed().add(finding);
				case INTACT -> {
				}
			}
		}
		return compared;
	}

	private ObjectComparison.Outcome compare(StoredFiles.Stored job, StoredFiles.File file, boolean deep,
			boolean failing, BooleanSupplier stopping) {
		try {
			return compare(file, deep, stopping);
		}
		catch (StoreFailure failure) {
			if ((failing || failure.permanent()) && isAnotherReadable(job, file, deep, stopping)) {
				log.warn("The object {} counts as changed, because it alone cannot be read. {}", file.key(),
						failure.detail());
				return ObjectComparison.Outcome.CHANGED;
			}
			throw failure;
		}
	}

	private ObjectComparison.Outcome compare(StoredFiles.File file, boolean deep, BooleanSupplier stopping) {
		return deep ? this.objects.compareBytes(file, stopping) : this.objects.compare(file);
	}

	/**
	 * Whether the store answers for another object, so that a failure is the object's.
	 */
	private boolean isAnotherReadable(StoredFiles.Stored job, StoredFiles.File failed, boolean deep,
			BooleanSupplier stopping) {
		return Stream
			.of(List.of(job.id()), this.files.after(job.id().value(), NEIGHBOURS), this.files.after("", NEIGHBOURS))
			.flatMap(List::stream)
			.flatMap((id) -> this.files.of(id).stream())
			// The last one is the metadata, which is small.
			.flatMap((other) -> other.files().reversed().stream().limit(2))
			.filter((other) -> !other.equals(failed))
			.anyMatch((other) -> isReadable(other, deep, stopping));
	}

	private boolean isReadable(StoredFiles.File file, boolean deep, BooleanSupplier stopping) {
		try {
			return compare(file, deep, stopping) != ObjectComparison.Outcome.MISSING;
		}
		catch (StoreFailure failure) {
			return false;
		}
	}

	/** A job and how its objects differ. */
	record Compared(StoredFiles.Stored job, List<Finding> missing, List<Finding> changed) {

		boolean isIntact() {
			return this.missing.isEmpty() && this.changed.isEmpty();
		}

	}

}
