package io.clipvault.uploads;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

/** The messages between {@code @uppy/aws-s3} and its companion. */
final class UppyUpload {

	private UppyUpload() {
	}

	/** A form that uploads a whole file. */
	record Form(@Schema(example = "POST") String method, URI url, Map<String, String> fields,
			@Schema(description = "Seconds", example = "3600") long expires) {
	}

	/** A request for an upload in parts. */
	record Begin(
			@Schema(example = "talk.mp4") @NotBlank @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String filename,
			@Schema(example = "video/mp4") @Size(max = 255, message = UploadRequest.CONTENT_TYPE) @Pattern(
					regexp = UploadRequest.MEDIA_TYPE, message = UploadRequest.CONTENT_TYPE) @Nullable String type,
			@Valid @Nullable Metadata metadata) {

		@Nullable String directory() {
			return (this.metadata == null) ? null : this.metadata.directory();
		}

	}

	/** What a page says of its file; Uppy sends more than is used here. */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Metadata(@Schema(description = "A folder inside the directory of uploads", example = "talk") @Size(max = 700,
			message = UploadRequest.DIRECTORY) @Nullable String directory) {
	}

	/** An upload that has begun. */
	record Begun(@Schema(example = "_uploads/talk-k3x9q0ab.mp4") String key,
			@Schema(example = "2~VmFsaWQ") @JsonProperty("uploadId") String uploadId,
			@Schema(example = "openshorts.app-clips") String bucket) {
	}

	/** The signed address of one part. */
	record PartAddress(URI url, @Schema(description = "Seconds", example = "3600") long expires) {
	}

	/** A request to complete an upload. */
	record Complete(@NotNull @Size(min = 1, max = OpenUploads.MAX_PARTS,
			message = "must name 1 to 10,000 parts") List<@Valid @NotNull SentPart> parts) {
	}

	/** A part that the browser sent. */
	record SentPart(
			@Schema(example = "1") @JsonProperty("PartNumber") @Min(value = 1,
					message = "must be from 1 to 10,000") @Max(value = OpenUploads.MAX_PARTS,
							message = "must be from 1 to 10,000") int number,
			@Schema(example = "5d41402abc4b2a76b9719d911017c592") @JsonProperty("ETag") @NotBlank @Size(max = 255,
					message = "must be at most 255 characters long") String eTag) {
	}

	/** The finished object. */
	record Completed(URI location, String key, String bucket) {
	}

}
