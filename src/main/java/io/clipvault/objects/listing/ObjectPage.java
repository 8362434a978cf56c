package io.clipvault.objects.listing;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of objects in the order of their keys' bytes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectPage(List<ListedObject> objects,
		@Schema(description = "What the delimiter folded together", example = "[\"sample/\"]") List<String> prefixes,
		@Nullable String nextCursor) {
}
