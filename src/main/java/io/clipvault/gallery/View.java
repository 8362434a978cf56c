package io.clipvault.gallery;

import java.util.List;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** What a caller asks to see of the gallery. */
sealed interface View {

	/** The page that people open all day. */
	View DEFAULT = new Newest(null, false, List.of(), null, 50);

	/**
	 * Clips from the newest on.
	 *
	 * @param alone whether the job was named in the path
	 */
	record Newest(@Nullable JobId job, boolean alone, List<String> words, @Nullable Position after,
			int limit) implements View {

		/** The address of what follows this position. */
		String next(Position last) {
			UriComponentsBuilder address = UriComponentsBuilder
				.fromPath((this.alone && this.job != null) ? "/gallery/" + this.job : "/gallery")
				.queryParam("limit", this.limit)
				.queryParam("cursor", last.cursor());
			if (this.job != null && !this.alone) {
				address.queryParam("job_id", this.job);
			}
			if (!this.words.isEmpty()) {
				address.queryParam("q", "{words}");
			}
			return address.encode().buildAndExpand(String.join(" ", this.words)).toUriString();
		}

	}

	/** Clips as the dashboard of OpenShorts pages through them. */
	record Dashboard(int limit, int offset) implements View {

		String next() {
			return "/api/gallery/clips?limit=" + this.limit + "&offset=" + (this.offset + this.limit);
		}

	}

}
