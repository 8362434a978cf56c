package io.clipvault.objects.listing;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of objects, sorted by the bytes of their keys. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectPage(List<ListedObject> objects, @Schema(description = "The common prefixes that the delimiter grouped",
		example = "[\"sample/\"]") List<String> prefixes, @Nullable String nextCursor) {
}
