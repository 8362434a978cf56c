package io.clipvault.jobs.artifacts;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import io.swagger.v3.oas.annotations.media.Schema;

/** An object of a job in the bucket. */
record StoredArtifact(@Schema(example = "talk_clip_1.mp4") String name,
		@Schema(example = "sample/talk_clip_1.mp4") String key, @Schema(example = "20971520") long size,
		Instant lastModified, @Schema(description = "A link that reads it, valid for an hour",
				example = "http://127.0.0.1:8484/openshorts.app-clips/sample/talk_clip_1.mp4?X-Amz-Signature=…") String url) {

	private static final Pattern STEPS = Pattern.compile("[/\\\\]");

	/** Windows takes {@code C:name} for a file of another drive. */
	private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

	/**
	 * Whether a program that unpacks an archive could write an entry of this name outside
	 * of its folder, or not at all. Other programs may have put any key into the bucket.
	 */
	boolean escapes() {
		List<String> steps = List.of(STEPS.split(this.name, -1));
		return steps.contains("") || steps.contains(".") || steps.contains("..") || DRIVE.matcher(this.name).matches()
				|| this.name.chars().anyMatch(Character::isISOControl);
	}

	/** Whether a file in the job's directory can have this name. */
	boolean fitsDirectory() {
		return !this.name.isEmpty() && this.name.indexOf('/') < 0 && this.name.indexOf('\0') < 0
				&& !this.name.equals(".") && !this.name.equals("..");
	}

}
