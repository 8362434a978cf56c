package io.clipvault.objects.buckets;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A bucket that this service may touch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Bucket(@Schema(example = "openshorts.app-clips") String name,
		@Schema(description = "Where it is, if the store says so", example = "us-east-1") @Nullable String region,
		@Schema(description = "When it was made, if the store says so") @Nullable Instant createdAt) {
}
