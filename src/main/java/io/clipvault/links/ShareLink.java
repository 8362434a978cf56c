package io.clipvault.links;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A signed link, with what is needed to use it. */
record ShareLink(@Schema(example = "sample/talk_clip_1.mp4") String key, LinkMethod method, @Schema(
		example = "http://127.0.0.1:8484/openshorts.app-clips/sample/talk_clip_1.mp4?X-Amz-Signature=…") URI url,
		@Schema(description = "Headers to send exactly like this",
				example = "{\"content-type\": \"video/mp4\"}") Map<String, String> headers,
		@Schema(description = "When the link ends; earlier than asked for if the service's credentials end earlier") Instant expiresAt,
		@Schema(description = "Reads the object without a signature, if the bucket is public", nullable = true,
				example = "https://cdn.example.org/clips/sample/talk_clip_1.mp4") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI publicUrl) {
}
