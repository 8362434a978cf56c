package io.clipvault.jobs.audits;

import java.util.List;
import java.util.Map;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;

/** A part of an audit that is recorded as a whole, so that nothing is counted twice. */
record AuditStep(long jobs, long intact, Map<Finding.Kind, List<Finding>> findings, Position next) {

	/** A step that compared nothing. */
	static AuditStep to(Position next) {
		return new AuditStep(0, 0, Map.of(), next);
	}

	/**
	 * How far an audit is.
	 *
	 * @param afterJob the last job that was compared
	 * @param afterKey the last object that was listed; {@code null} while jobs are
	 * compared
	 */
	record Position(String afterJob, @Nullable String afterKey) {
	}

	/**
	 * An audit that is running.
	 *
	 * @param stalls failed tries since the last progress
	 */
	record Running(String id, @Nullable JobId job, boolean deep, Position at, int stalls) {
	}

}
