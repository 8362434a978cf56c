package io.clipvault.jobs.audits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Works on an audit, a few seconds at a time: first the jobs one by one, then the bucket
 * for objects of no job. A crash costs at most the comparison of one job.
 */
@Component
class AuditRun {

	/** With the delay between them, how long a store may be away: an hour. */
	static final int MOST_STALLS = 60;

	/** How often a job is tried before an object that alone fails counts as changed. */
	static final int MOST_TRIES = 3;

	static final Duration STALL_DELAY = Duration.ofMinutes(1);

	private static final Duration SLICE = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(AuditRun.class);

	private final AuditRows rows;

	private final JobComparison jobs;

	private final UnknownObjects bucket;

	private final AuditEnds ends;

	private final Clock clock;

	AuditRun(AuditRows rows, JobComparison jobs, UnknownObjects bucket, AuditEnds ends, Clock clock) {
		this.rows = rows;
		this.jobs = jobs;
		this.bucket = bucket;
		this.ends = ends;
		this.clock = clock;
	}

	/**
	 * Works on an audit for a limited time.
	 * @param stopping whether the process is shutting down
	 * @return when to go on; empty once the audit has ended
	 */
	Optional<Duration> work(String id, BooleanSupplier stopping) {
		Instant end = this.clock.instant().plus(SLICE);
		Optional<AuditStep.Running> audit = running(id);
		try {
			if (audit.isPresent()) {
				this.bucket.requireExistence();
			}
			while (audit.isPresent()) {
				if (stopping.getAsBoolean() || !this.clock.instant().isBefore(end)) {
					return Optional.of(Duration.ZERO);
				}
				step(audit.get(), stopping);
				audit = running(id);
			}
			return Optional.empty();
		}
		catch (Stopping stopped) {
			return Optional.of(Duration.ZERO);
		}
		catch (DataAccessException | TransactionException failure) {
			throw failure;
		}
		catch (RuntimeException failure) {
			if (stopping.getAsBoolean()) {
				// The shutdown interrupted the call, so the store has not refused
				// anything.
				return Optional.of(Duration.ZERO);
			}
			return stall(id, failure);
		}
	}

	private Optional<AuditStep.Running> running(String id) {
		return this.rows.running().filter((audit) -> audit.id().equals(id));
	}

	/** Tries again later, unless that is useless. */
	private Optional<Duration> stall(String id, RuntimeException failure) {
		int stalls = running(id).map(AuditStep.Running::stalls).orElse(0);
		if (failure instanceof StoreFailure refusal && !refusal.permanent() && stalls < MOST_STALLS) {
			this.rows.addStall(id);
			log.warn("The audit {} goes on in a minute. {}", id, refusal.detail());
			return Optional.of(STALL_DELAY);
		}
		if (failure instanceof Problem problem) {
			this.ends.fail(id, problem.detail());
		}
		else {
			log.error("The audit {} failed", id, failure);
			this.ends.fail(id, "The service failed: see its log.");
		}
		return Optional.empty();
	}

	private void step(AuditStep.Running audit, BooleanSupplier stopping) {
		String afterKey = audit.at().afterKey();
		if (afterKey != null) {
			list(audit, afterKey);
			return;
		}
		Optional<JobId> next = next(audit);
		if (next.isPresent()) {
			compare(audit, next.get(), stopping);
		}
		else if (audit.job() != null) {
			this.ends.complete(audit, AuditStep.to(audit.at()));
		}
		else {
			boolean _ = this.rows.record(audit, AuditStep.to(new AuditStep.Position(audit.at().afterJob(), "")));
		}
	}

	private Optional<JobId> next(AuditStep.Running audit) {
		if (audit.job() != null) {
			return Optional.of(audit.job()).filter((job) -> audit.at().afterJob().isEmpty());
		}
		return this.jobs.after(audit.at().afterJob());
	}

	private void compare(AuditStep.Running audit, JobId job, BooleanSupplier stopping) {
		Optional<JobComparison.Compared> compared = this.jobs.compare(job, audit.deep(), audit.stalls() >= MOST_TRIES,
				stopping);
		AuditStep.Position next = new AuditStep.Position(job.value(), null);
		AuditStep step = compared
			.map((result) -> new AuditStep(1, result.isIntact() ? 1 : 0,
					Map.of(Finding.Kind.MISSING, result.missing(), Finding.Kind.CHANGED, result.changed()), next))
			.orElseGet(() -> AuditStep.to(next));
		if (this.rows.record(audit, step)) {
			compared.ifPresent(this.jobs::conclude);
		}
	}

	private void list(AuditStep.Running audit, String afterKey) {
		UnknownObjects.Page page = this.bucket.page(afterKey);
		String last = page.last();
		AuditStep step = new AuditStep(0, 0, Map.of(Finding.Kind.UNKNOWN, page.unknown()),
				new AuditStep.Position(audit.at().afterJob(), (last != null) ? last : afterKey));
		if (last == null) {
			this.ends.complete(audit, step);
		}
		else {
			boolean _ = this.rows.record(audit, step);
		}
	}

	/**
	 * The process is shutting down; the audit goes on elsewhere, or after the restart.
	 */
	static final class Stopping extends RuntimeException {

	}

}
