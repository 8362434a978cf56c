package io.clipvault.gallery;

import java.util.List;

import io.clipvault.gallery.catalog.Position;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The part of the gallery that a caller asks for. */
sealed interface View {

	/** The page without any parameter, which is asked for most. */
	View DEFAULT = new Newest(null, false, List.of(), null, 50);

	/**
	 * Clips, newest first.
	 *
	 * @param job only clips of this job
	 * @param alone whether the job was in the path
	 * @param words only clips that contain all of these words
	 * @param after only clips after this position
	 */
	record Newest(@Nullable JobId job, boolean alone, List<String> words, @Nullable Position after,
			int limit) implements View {

		/** The address of the page after this position. */
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

	/** Clips by offset, for the dashboard of OpenShorts. */
	record Dashboard(int limit, int offset) implements View {

		/** The address of the next page. */
		String next() {
			return "/api/gallery/clips?limit=" + this.limit + "&offset=" + (this.offset + this.limit);
		}

	}

}
