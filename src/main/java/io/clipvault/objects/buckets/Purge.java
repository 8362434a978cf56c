package io.clipvault.objects.buckets;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The progress of deleting a bucket and everything in it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Purge(@Schema(example = "old-clips") String bucket, State state,
		@Schema(description = "Objects, versions, delete markers and unfinished uploads that are deleted so far",
				example = "12000") long removed,
		Instant startedAt, Instant updatedAt, @Schema(description = "Why it failed") @Nullable String error) {

	/** The state of a purge. */
	enum State {

		/** It is waiting or in progress. */
		@JsonProperty("running")
		RUNNING,

		/** The bucket and everything in it are deleted. */
		@JsonProperty("completed")
		COMPLETED,

		/** The store refused a call; what was deleted before stays deleted. */
		@JsonProperty("failed")
		FAILED,

		/**
		 * Not used, because a purge resumes after a crash; the value stays for API
		 * compatibility.
		 */
		@JsonProperty("interrupted")
		INTERRUPTED

	}

}
