package io.clipvault.uploads;

import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A call to the store that Uppy wants signed, with the field names that Uppy uses. */
record UppySign(@Schema(example = "PUT") @NotNull Method method,
		@Schema(description = "The file's name in the first call, the answered key in the following ones",
				example = "talk.mp4") @NotBlank @Size(max = 1024, message = UploadRequest.FILE_NAME) String key,
		@JsonProperty("uploadId") @Size(max = 1024, message = UploadRequest.FILE_NAME) @Nullable String uploadId,
		@JsonProperty("partNumber") @Min(value = 1, message = PART) @Max(value = OpenUploads.MAX_PARTS,
				message = PART) @Nullable Integer partNumber,
		@Schema(description = "Seconds; ignored, the service's own lifetime applies",
				example = "3600") @JsonProperty("expiresIn") @Nullable Integer expiresIn,
		@Schema(example = "video/mp4") @JsonProperty("contentType") @Size(max = 255,
				message = UploadRequest.CONTENT_TYPE) @Pattern(regexp = UploadRequest.MEDIA_TYPE,
						message = UploadRequest.CONTENT_TYPE) @Nullable String contentType,
		@Schema(description = "A folder inside the directory of uploads", example = "talk") @Size(max = 700,
				message = UploadRequest.DIRECTORY) @Nullable String directory) {

	private static final String PART = "must be from 1 to 10,000";

	/** The methods that an upload uses. */
	enum Method {

		GET, PUT, POST, DELETE

	}

	/** A signed call; with fields, a form that uploads the whole file. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Signed(URI url, @Nullable String key, @Nullable Map<String, String> fields) {
	}

}
