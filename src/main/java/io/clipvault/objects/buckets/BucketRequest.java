package io.clipvault.objects.buckets;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** The bucket to create. */
record BucketRequest(
		@Schema(description = "3 to 63 characters of a-z, 0-9, '.' and '-'",
				example = "my-clips") @NotNull(message = "must be there") String name,
		@Schema(description = "The region to create it in; the service's own if absent",
				example = "eu-central-1") @Nullable String region) {
}
