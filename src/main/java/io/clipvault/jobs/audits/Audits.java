package io.clipvault.jobs.audits;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts audits and shows them. */
@Component
class Audits {

	private final AuditRows rows;

	private final AuditStart begin;

	private final StoredFiles files;

	private final Scheduler scheduler;

	Audits(AuditRows rows, AuditStart begin, StoredFiles files, Scheduler scheduler) {
		this.rows = rows;
		this.begin = begin;
		this.files = files;
		this.scheduler = scheduler;
	}

	Audit start(@Nullable JobId job, boolean deep) {
		if (job != null && this.files.known(Set.of(job.value())).isEmpty()) {
			throw new Problem(ProblemType.JOB_NOT_FOUND,
					"No job '%s' is known: post its directory to /jobs/%s/artifacts first.".formatted(job, job));
		}
		Optional<String> begun = this.begin.begin(this.scheduler, job, deep);
		this.scheduler.triggerCheckForDueExecutions();
		return get(begun.orElseThrow(this::running));
	}

	private Problem running() {
		String id = this.rows.running().map(AuditStep.Running::id).orElse("");
		return new Problem(ProblemType.AUDIT_RUNNING,
				"The audit '%s' is running, and there is one at a time: wait until GET /audits/%s says that it has ended."
					.formatted(id, id));
	}

	Audit get(String id) {
		return this.rows.find(id)
			.map((audit) -> audit.with(this.rows.findings(id)))
			.orElseThrow(() -> new Problem(ProblemType.AUDIT_NOT_FOUND,
					"No audit '%s' is known: the last %d are kept, see GET /audits.".formatted(id,
							AuditRows.KEPT_AUDITS)));
	}

	/** A page of audits without what they found, newest first. */
	List<Audit> page(AuditRows.@Nullable Position after, int limit) {
		return this.rows.page(after, limit);
	}

}
