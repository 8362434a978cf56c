package io.clipvault.uploads;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;

/** A form that uploads one file: post the fields in this order, then the file. */
record UploadForm(
		@Schema(description = "The address to post the form to, as multipart/form-data",
				example = "http://127.0.0.1:8484/openshorts.app-clips") URI url,
		@Schema(description = "Send them before the field 'file'") Map<String, String> fields,
		@Schema(example = "_uploads/talk/My-talk-k3x9q0ab.mp4") String key,
		@Schema(description = "The largest file that the store accepts with this form; send larger ones in parts",
				example = "104857600") long maxBytes,
		Instant expiresAt) {
}
