package io.clipvault.links;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/** What the bucket's CORS rules do not yet allow the configured frontends. */
record CorsReport(@Schema(example = "[\"https://clips.example.org\"]") List<String> frontends,
		@Schema(description = "Whether nothing is missing") boolean complete,
		@Schema(description = "What the rules do not allow yet, one sentence each",
				example = "[\"https://clips.example.org may not PUT\"]") List<String> missing) {

	CorsReport(List<String> frontends, List<String> missing) {
		this(frontends, missing.isEmpty(), missing);
	}

}
