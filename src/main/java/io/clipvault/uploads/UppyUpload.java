package io.clipvault.uploads;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What {@code @uppy/aws-s3} and its companion say to each other. */
final class UppyUpload {

	private UppyUpload() {
	}

	/** A form for a file that goes at once. */
	record Form(@Schema(example = "POST") String method, URI url, Map<String, String> fields,
			@Schema(description = "Seconds", example = "3600") long expires) {
	}

	/** Begins an upload in parts; of the metadata only the folder is used. */
	record Begin(
			@Schema(example = "talk.mp4") @NotBlank @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String filename,
			@Schema(example = "video/mp4") @Size(max = 255, message = UploadRequest.CONTENT_TYPE) @Pattern(
					regexp = UploadRequest.MEDIA_TYPE, message = UploadRequest.CONTENT_TYPE) @Nullable String type,
			@Schema(description = "'directory' names a folder inside the place of uploads, the rest is not kept",
					example = "{\"directory\": \"talk\"}") @Nullable Map<String, @Nullable Object> metadata) {

		@Nullable String directory() {
			Object directory = (this.metadata == null) ? null : this.metadata.get("directory");
			return (directory == null) ? null : directory.toString();
		}

	}

	/** The upload that was begun. */
	record Begun(@Schema(example = "_uploads/talk-k3x9q0ab.mp4") String key,
			@Schema(example = "2~VmFsaWQ") @JsonProperty("uploadId") String uploadId,
			@Schema(example = "openshorts.app-clips") String bucket) {
	}

	/** Where one part is sent. */
	record PartAddress(URI url, @Schema(description = "Seconds", example = "3600") long expires) {
	}

	/** All parts have been sent. */
	record Complete(@NotNull @Size(min = 1, max = OpenUploads.MOST_PARTS,
			message = "must name 1 to 10,000 parts") List<@Valid @NotNull SentPart> parts) {
	}

	/** A part that was sent. */
	record SentPart(
			@Schema(example = "1") @JsonProperty("PartNumber") @Min(value = 1,
					message = "must be from 1 to 10,000") @Max(value = OpenUploads.MOST_PARTS,
							message = "must be from 1 to 10,000") int number,
			@Schema(example = "5d41402abc4b2a76b9719d911017c592") @JsonProperty("ETag") @NotBlank String eTag) {
	}

	/** The object that the parts have become. */
	record Completed(URI location, String key, String bucket) {
	}

}
