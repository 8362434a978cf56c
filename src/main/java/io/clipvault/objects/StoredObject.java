package io.clipvault.objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An object that was just written. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredObject(@Schema(example = "notes/today.txt") String key, @Schema(example = "1024") long size,
		@Schema(example = "\"9e107d9d372bb6826bd81d3542a419d6\"") @Nullable String etag,
		@Schema(description = "Where the bucket keeps versions") @Nullable String versionId) {
}
