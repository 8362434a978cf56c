package io.clipvault.jobs.audits;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of jobs with the bucket.
 *
 * @param missing the first missing objects; absent in a list of audits, as the other two
 */
record Audit(@Schema(example = "0b9c5d1e-3f0e-4f57-9d53-0d9a2a2f8a11") String id, State state,
		@Schema(type = "string", description = "The only job that is compared; absent if all are",
				example = "sample") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JobId jobId,
		@Schema(description = "Whether it reads and hashes the bytes", example = "false") boolean deep,
		Instant startedAt, @Nullable Instant endedAt,
		@Schema(description = "How many jobs were compared so far", example = "120") long jobs,
		@Schema(description = "How many of them have all their objects, unchanged", example = "119") long intact,
		@Schema(description = "How many objects are missing", example = "1") long missingCount,
		@Schema(description = "How many objects have another size or content, or alone cannot be read",
				example = "0") long changedCount,
		@Schema(description = "How many objects belong to no known job", example = "0") long unknownCount,
		@Schema(description = "Why it failed, in words",
				example = "null") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error,
		@Schema(description = "The first 1,000 of them") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Finding> missing,
		@Schema(description = "The first 1,000 of them") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Finding> changed,
		@Schema(description = "The first 1,000 of them") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Finding> unknown) {

	Audit with(Map<Finding.Kind, List<Finding>> findings) {
		return new Audit(this.id, this.state, this.jobId, this.deep, this.startedAt, this.endedAt, this.jobs,
				this.intact, this.missingCount, this.changedCount, this.unknownCount, this.error,
				findings.getOrDefault(Finding.Kind.MISSING, List.of()),
				findings.getOrDefault(Finding.Kind.CHANGED, List.of()),
				findings.getOrDefault(Finding.Kind.UNKNOWN, List.of()));
	}

	/** The state of an audit. */
	enum State {

		/** It is waiting or in progress. */
		@JsonProperty("running")
		RUNNING,

		/** Everything was compared. */
		@JsonProperty("completed")
		COMPLETED,

		/** The store refused a call, or did not answer for an hour. */
		@JsonProperty("failed")
		FAILED

	}

}
