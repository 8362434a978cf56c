package io.clipvault.webhooks;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The state of a delivery. */
public record DeliveryOutcome(Status status, @Schema(example = "1") int attempts,
		@Schema(description = "Why the last attempt failed, in words", example = "null") @Nullable String lastError,
		@Schema(description = "When the state last changed") Instant at) {

	/** Whether the receiver was reached. */
	@Schema(type = "string", allowableValues = { "pending", "delivered", "failed" })
	public enum Status {

		/** It is being attempted, or will be retried. */
		PENDING,

		/** The receiver answered with a success. */
		DELIVERED,

		/** It was given up. */
		FAILED;

		@JsonValue
		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Status of(String word) {
			return valueOf(word.toUpperCase(Locale.ROOT));
		}

	}

}
