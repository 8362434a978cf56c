package io.clipvault.gallery;

import java.time.Instant;

import io.clipvault.gallery.catalog.ClipEntry;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;

/** A clip with a link that plays it. */
record Clip(@Schema(type = "string", example = "sample") JobId jobId,
		@Schema(description = "Place in the job, from 0", example = "0") int index,
		@Schema(description = "Plays the clip, without a key, for two hours",
				example = "http://127.0.0.1:8484/openshorts.app-clips/sample/talk_clip_1.mp4?X-Amz-Signature=…") String url,
		@Schema(example = "The one habit that changed everything") String title,
		@Schema(example = "Wait for it #habits") String tiktokDesc,
		@Schema(example = "Save this for later") String instaDesc, Instant createdAt,
		@Schema(description = "Seconds", example = "27.5") double duration) {

	static Clip of(ClipEntry entry, String url) {
		ClipMetadata clip = entry.clip();
		return new Clip(entry.job(), entry.index(), url, clip.title(), clip.tiktokDescription(),
				clip.instagramDescription(), entry.createdAt(), clip.duration());
	}

}
