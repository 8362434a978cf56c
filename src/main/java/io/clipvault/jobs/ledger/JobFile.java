package io.clipvault.jobs.ledger;

import java.util.Map;

import io.clipvault.jobs.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A file of a job. */
public record JobFile(@Schema(example = "talk_clip_1.mp4") String name,
		@Schema(example = "sample/talk_clip_1.mp4") String key, @Schema(example = "20971520") long size,
		JobStatus status,
		@Schema(description = "How many of its bytes are in the bucket or in flight",
				example = "20971520") long bytesDone,
		@Schema(description = "Why it failed, in words", example = "null") @Nullable String error) {

	/** The file as it is with bytes in flight, which are given by file name. */
	JobFile withBytesInFlight(Map<String, Long> inFlight) {
		long bytes = inFlight.getOrDefault(this.name, 0L);
		return (bytes == 0) ? this
				: new JobFile(this.name, this.key, this.size,
						(this.status == JobStatus.QUEUED) ? JobStatus.UPLOADING : this.status,
						Math.min(this.size, this.bytesDone + bytes), this.error);
	}

}
