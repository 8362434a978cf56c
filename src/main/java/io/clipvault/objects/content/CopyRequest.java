package io.clipvault.objects.content;

import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** The object to copy, and what the copy changes. */
record CopyRequest(
		@Schema(description = "The bucket to copy from; the target bucket if absent",
				example = "old-clips") @Nullable String sourceBucket,
		@Schema(example = "drafts/talk.mp4") @NotNull(message = "must be there") String sourceKey,
		@Schema(description = "The version to copy; the newest if absent") @Nullable String sourceVersionId,
		@Schema(description = "The key of the copy",
				example = "published/talk.mp4") @NotNull(message = "must be there") String key,
		@Schema(description = "Replaces the metadata; kept if absent",
				example = "{\"title\": \"Überblick\"}") @Nullable Map<String, @NotNull(
						message = "must be there") String> metadata,
		@Schema(description = "Replaces the content type; kept if absent",
				example = "video/mp4") @Nullable String contentType,
		@Schema(description = "The storage class of the copy; kept if absent",
				example = "STANDARD") @Nullable String storageClass,
		@Schema(description = "AES256 or aws:kms") @Nullable String encryption,
		@Schema(description = "The id of the KMS key, for aws:kms") @Nullable String kmsKeyId) {

	/** Makes a version the newest again. */
	static CopyRequest restoring(String key, String versionId) {
		return new CopyRequest(null, key, versionId, key, null, null, null, null, null);
	}

	boolean changes() {
		return this.metadata != null || this.contentType != null;
	}

	/** The version to make the newest again. */
	record Restore(@Schema(example = "notes/today.txt") @NotNull(message = "must be there") String key,
			@NotNull(message = "must be there") String versionId) {
	}

}
