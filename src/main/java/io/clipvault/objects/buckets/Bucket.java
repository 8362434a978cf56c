package io.clipvault.objects.buckets;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A bucket that this service may touch. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Bucket(@Schema(example = "openshorts.app-clips") String name,
		@Schema(description = "The region, if the store reports it", example = "us-east-1") @Nullable String region,
		@Schema(description = "When it was created, if the store reports it") @Nullable Instant createdAt) {
}
