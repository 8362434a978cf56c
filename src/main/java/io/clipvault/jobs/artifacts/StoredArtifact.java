package io.clipvault.jobs.artifacts;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;

/** An object of a job in the bucket. */
record StoredArtifact(@Schema(example = "talk_clip_1.mp4") String name,
		@Schema(example = "sample/talk_clip_1.mp4") String key, @Schema(example = "20971520") long size,
		Instant lastModified, @Schema(description = "A link that reads it, valid for an hour",
				example = "http://127.0.0.1:8484/openshorts.app-clips/sample/talk_clip_1.mp4?X-Amz-Signature=…") String url) {
}
