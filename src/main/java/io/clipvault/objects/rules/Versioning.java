package io.clipvault.objects.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Whether a bucket keeps what is overwritten or removed. */
record Versioning(@Schema(description = "'off' until it is first enabled; from then on it can only be suspended",
		example = "enabled") @NotNull(message = "must be there") State status) {

	/** Whether versions are kept. */
	enum State {

		/** Never switched on. */
		@JsonProperty("off")
		OFF,

		/** Every write makes a version. */
		@JsonProperty("enabled")
		ENABLED,

		/** Writes make no more versions; those that are there stay. */
		@JsonProperty("suspended")
		SUSPENDED

	}

}
