package io.clipvault.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A request for a form that uploads one file. */
record UploadRequest(
		@Schema(description = "The name of the file; unsafe characters do not go into the key",
				example = "My talk.mp4") @NotBlank @Size(max = 1024, message = FILE_NAME) String fileName,
		@Schema(description = "The type that the form must send; if absent, the type of the file's extension",
				example = "video/mp4") @Size(max = 255, message = CONTENT_TYPE) @Pattern(regexp = MEDIA_TYPE,
						message = CONTENT_TYPE) @Nullable String contentType,
		@Schema(description = "The most bytes that the store accepts; if absent, the limit of the service",
				example = "104857600") @Min(value = 1, message = "must be at least 1") @Nullable Long maxBytes,
		@Schema(description = "A folder inside the directory of uploads", example = "talk") @Size(max = 700,
				message = DIRECTORY) @Nullable String directory) {

	static final String FILE_NAME = "must be at most 1,024 characters long";

	static final String DIRECTORY = "must be at most 700 characters long";

	/**
	 * Its first part has no slash, and both have a bound, because validation does not
	 * stop at {@code @Size}.
	 */
	static final String MEDIA_TYPE = "[ -.0-~]{1,253}/[ -~]{1,253}";

	static final String CONTENT_TYPE = "must be a media type such as video/mp4, of at most 255 characters";

}
