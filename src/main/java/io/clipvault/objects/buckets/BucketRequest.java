package io.clipvault.objects.buckets;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** What a new bucket is to be. */
record BucketRequest(
		@Schema(description = "3 to 63 of a-z, 0-9, '.' and '-'",
				example = "my-clips") @NotNull(message = "must be there") String name,
		@Schema(description = "Where to make it; the service's own region if left out",
				example = "eu-central-1") @Nullable String region) {
}
