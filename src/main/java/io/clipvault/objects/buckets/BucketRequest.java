package io.clipvault.objects.buckets;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The bucket to create. */
record BucketRequest(
		@Schema(description = "3 to 63 characters of a-z, 0-9, '.' and '-'", example = "my-clips") @NotNull(
				message = "must be there") @Size(max = 255,
						message = "must be at most 255 characters long") String name,
		@Schema(description = "The region to create it in; the service's own if absent",
				example = "eu-central-1") @Size(max = 64,
						message = "must be at most 64 characters long") @Nullable String region) {
}
