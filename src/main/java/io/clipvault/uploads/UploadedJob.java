package io.clipvault.uploads;

import java.util.List;

import io.clipvault.layouts.JobId;
import io.swagger.v3.oas.annotations.media.Schema;

/** A job made of uploads. */
record UploadedJob(@Schema(type = "string", example = "talk") JobId jobId, List<File> files, @Schema(
		description = "Whether the files include metadata, so that the gallery shows the job") boolean inGallery) {

	/** A file of the job. */
	record File(@Schema(example = "talk_clip_1.mp4") String name, @Schema(example = "talk/talk_clip_1.mp4") String key,
			@Schema(example = "20971520") long size, @Schema(example = "video/mp4") String contentType) {
	}

}
