package io.clipvault.objects;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far the removal of a bucket and all it holds is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Purge(@Schema(example = "old-clips") String bucket, State state,
		@Schema(description = "Objects, versions, delete markers and unfinished uploads that are gone",
				example = "12000") long removed,
		Instant startedAt, Instant updatedAt, @Schema(description = "Why it failed, in words") @Nullable String error) {

	/** Where a purge stands. */
	enum State {

		/** It goes on. */
		@JsonProperty("running")
		RUNNING,

		/** All is gone, the bucket too. */
		@JsonProperty("completed")
		COMPLETED,

		/** The store refused; what it removed stays removed. */
		@JsonProperty("failed")
		FAILED,

		/** The process that ran it is gone: start it again. */
		@JsonProperty("interrupted")
		INTERRUPTED

	}

}
