package io.clipvault.jobs.artifacts;

import io.swagger.v3.oas.annotations.media.Schema;

/** A stored mp3. */
record AudioObject(@Schema(example = "my_cool_video.mp3") String key, @Schema(example = "4194304") long size,
		@Schema(description = "The file that was stored", example = "narration.mp3") String source) {
}
