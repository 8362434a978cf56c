package io.clipvault.links;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/** Whether pages of the configured frontends get through to the bucket. */
record CorsReport(@Schema(example = "[\"https://clips.example.org\"]") List<String> frontends,
		@Schema(description = "Whether nothing is missing") boolean complete,
		@Schema(description = "What the bucket's rules do not allow yet, in words",
				example = "[\"https://clips.example.org may not PUT\"]") List<String> missing) {

	CorsReport(List<String> frontends, List<String> missing) {
		this(frontends, missing.isEmpty(), missing);
	}

}
