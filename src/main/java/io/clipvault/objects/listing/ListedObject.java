package io.clipvault.objects.listing;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An object in a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListedObject(@Schema(example = "sample/talk_clip_1.mp4") String key, @Schema(example = "7340032") long size,
		@Schema(example = "\"9e107d9d372bb6826bd81d3542a419d6\"") @Nullable String etag, @Nullable Instant lastModified,
		@Schema(example = "STANDARD") @Nullable String storageClass,
		@Schema(description = "Where anyone can read the object, if the bucket's policy allows it") @Nullable String publicUrl) {
}
