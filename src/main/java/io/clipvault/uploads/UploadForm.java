package io.clipvault.uploads;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;

/** A form that uploads one file: post the fields in this order, and the file last. */
record UploadForm(
		@Schema(description = "Where the form is posted to, as multipart/form-data",
				example = "http://127.0.0.1:8484/openshorts.app-clips") URI url,
		@Schema(description = "To be sent before the field 'file'") Map<String, String> fields,
		@Schema(example = "_uploads/talk/My-talk-k3x9q0ab.mp4") String key,
		@Schema(description = "The largest file that the store takes by this form; larger ones go in parts",
				example = "104857600") long maxBytes,
		Instant expiresAt) {
}
