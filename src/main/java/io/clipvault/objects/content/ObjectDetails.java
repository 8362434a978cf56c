package io.clipvault.objects.content;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Everything the store tells about an object, with decoded metadata. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectDetails(@Schema(example = "openshorts.app-clips") String bucket,
		@Schema(example = "sample/talk_clip_1.mp4") String key, long size, @Nullable String etag, Instant lastModified,
		@Nullable String contentType, @Nullable String cacheControl, @Nullable String contentDisposition,
		@Nullable String contentEncoding, @Nullable String contentLanguage, @Nullable String storageClass,
		@Nullable String encryption, @Nullable String kmsKeyId, @Nullable String versionId,
		@Schema(example = "{\"title\": \"Überblick\"}") Map<String, String> metadata,
		@Schema(description = "Where anyone can read the object, if the bucket's policy allows it") @Nullable String publicUrl) {
}
