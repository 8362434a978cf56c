package io.clipvault.objects.content;

import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** What is to be copied, and what is to change on the way. */
record CopyRequest(
		@Schema(description = "The same bucket if left out", example = "old-clips") @Nullable String sourceBucket,
		@Schema(example = "drafts/talk.mp4") @NotNull(message = "must be there") String sourceKey,
		@Schema(description = "The newest if left out") @Nullable String sourceVersionId,
		@Schema(description = "Where it goes",
				example = "published/talk.mp4") @NotNull(message = "must be there") String key,
		@Schema(description = "Replaces the metadata; kept if left out",
				example = "{\"title\": \"Überblick\"}") @Nullable Map<String, @NotNull(
						message = "must be there") String> metadata,
		@Schema(description = "Replaces the content type; kept if left out",
				example = "video/mp4") @Nullable String contentType,
		@Schema(description = "Kept if left out", example = "STANDARD") @Nullable String storageClass,
		@Schema(description = "AES256 or aws:kms") @Nullable String encryption,
		@Schema(description = "The key of aws:kms") @Nullable String kmsKeyId) {

	/** Brings a version back as the newest. */
	static CopyRequest restoring(String key, String versionId) {
		return new CopyRequest(null, key, versionId, key, null, null, null, null, null);
	}

	boolean changes() {
		return this.metadata != null || this.contentType != null;
	}

	/** Which version is to be the newest again. */
	record Restore(@Schema(example = "notes/today.txt") @NotNull(message = "must be there") String key,
			@NotNull(message = "must be there") String versionId) {
	}

}
