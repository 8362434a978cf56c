package io.clipvault.jobs;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A file of a job on its way to the bucket. */
record JobFile(@Schema(example = "talk_clip_1.mp4") String name, @Schema(example = "sample/talk_clip_1.mp4") String key,
		@Schema(example = "20971520") long size, JobStatus status, @Nullable String error) {

	static JobFile queued(Artifact artifact) {
		return new JobFile(artifact.fileName(), artifact.key(), artifact.size(), JobStatus.QUEUED, null);
	}

	JobFile as(JobStatus next, @Nullable String why) {
		return new JobFile(this.name, this.key, this.size, next, why);
	}

	@Schema(description = "How many of its bytes are in the bucket", example = "20971520")
	public long getBytesDone() {
		return (this.status == JobStatus.COMPLETED) ? this.size : 0;
	}

}
