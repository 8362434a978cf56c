package io.clipvault.objects.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Whether a bucket keeps overwritten and deleted objects. */
record Versioning(@Schema(description = "'off' until it is first enabled; after that it can only be suspended",
		example = "enabled") @NotNull(message = "must be there") State status) {

	/** Whether versions are kept. */
	enum State {

		/** Versioning was never enabled. */
		@JsonProperty("off")
		OFF,

		/** Every write creates a version. */
		@JsonProperty("enabled")
		ENABLED,

		/** Writes create no versions; existing ones are kept. */
		@JsonProperty("suspended")
		SUSPENDED

	}

}
