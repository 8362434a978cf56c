package io.clipvault.objects.content;

import java.io.IOException;

import io.clipvault.objects.BucketName;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.storage.ObjectKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Puts, gets and deletes one object. The key is in the path or, where a client or proxy
 * would rewrite the path, in the query.
 */
@RestController
@RequestMapping({ "/buckets/{bucket}/objects/{*key}", "/buckets/{bucket}/object" })
@Tag(name = "Objects", description = "Put, get and delete objects")
class ObjectController {

	static final String VERSION = "must be at most 1,024 characters long";

	private final ObjectWriter writer;

	private final ObjectReader reader;

	private final StoredObjects objects;

	ObjectController(ObjectWriter writer, ObjectReader reader, StoredObjects objects) {
		this.writer = writer;
		this.reader = reader;
		this.objects = objects;
	}

	@PutMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Put an object",
			description = "The body is the object. Each header x-amz-meta-NAME is stored as user metadata; its value is UTF-8 or encoded words (RFC 2047).",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
					description = "The bytes of the object, of known or unknown length",
					content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary"))))
	@Parameter(in = ParameterIn.HEADER, name = "If-None-Match", description = "'*' refuses to overwrite an object",
			schema = @Schema(type = "string"))
	@Parameter(in = ParameterIn.HEADER, name = "x-amz-storage-class", example = "STANDARD",
			schema = @Schema(type = "string"))
	@Parameter(in = ParameterIn.HEADER, name = "x-amz-server-side-encryption", description = "AES256 or aws:kms",
			schema = @Schema(type = "string"))
	@Parameter(in = ParameterIn.HEADER, name = "x-amz-server-side-encryption-aws-kms-key-id",
			description = "The id of the KMS key, for aws:kms", schema = @Schema(type = "string"))
	@ApiResponse(responseCode = "201", description = "The object is stored")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME,
			ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND, ProblemType.CONDITION_FAILED,
			ProblemType.OBJECT_TOO_LARGE, ProblemType.BODY_TOO_SLOW, ProblemType.VALUE_REFUSED,
			ProblemType.UPLOADS_BUSY, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ResponseEntity<ObjectWriter.StoredObject> put(
			@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(hidden = true) ObjectKey key, @Parameter(hidden = true) HttpServletRequest request)
			throws IOException {
		ObjectWriter.Target target = new ObjectWriter.Target(bucket, key, NewObject.of(request, key));
		ObjectWriter.StoredObject stored = this.writer.write(target, request.getInputStream(),
				request.getContentLengthLong());
		return ResponseEntity.status(HttpStatus.CREATED).eTag(stored.etag()).body(stored);
	}

	@GetMapping
	@Operation(summary = "Get an object",
			description = "Streams the object. Supports ranges (Range, If-Range) and conditions (If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since).")
	@Parameter(in = ParameterIn.HEADER, name = "Range", example = "bytes=0-1023", schema = @Schema(type = "string"))
	@Parameter(in = ParameterIn.HEADER, name = "If-None-Match", description = "The ETag of the caller's copy",
			schema = @Schema(type = "string"))
	@Parameter(in = ParameterIn.HEADER, name = "If-Modified-Since", description = "The date of the caller's copy",
			schema = @Schema(type = "string"))
	@ApiResponse(responseCode = "200", description = "The object",
			content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
	@ApiResponse(responseCode = "206", description = "The requested range of the object",
			content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
	@ApiResponse(responseCode = "304", description = "The caller's copy is current", content = @Content)
	@Refuses({ ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.OBJECT_NOT_FOUND, ProblemType.OBJECT_ARCHIVED,
			ProblemType.CONDITION_FAILED, ProblemType.RANGE_NOT_SATISFIABLE, ProblemType.VALUE_REFUSED,
			ProblemType.DOWNLOADS_BUSY, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	void get(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(hidden = true) ObjectKey key,
			@Parameter(description = "The version; the newest if absent") @RequestParam(name = "version_id",
					required = false) @Size(max = 1024, message = VERSION) @Nullable String versionId,
			@Parameter(description = "The name under which a browser saves the object",
					example = "holiday.mp4") @RequestParam(name = "download_name", required = false) @Size(max = 255,
							message = "must be at most 255 characters long") @Nullable String downloadName,
			@Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) {
		this.reader.read(new ObjectReader.Source(bucket, key, versionId, downloadName), request, response);
	}

	@RequestMapping(method = RequestMethod.HEAD)
	@Operation(summary = "Describe an object in headers")
	@ApiResponse(responseCode = "200", description = "Size, type, metadata and storage class as headers",
			content = @Content)
	@ApiResponse(responseCode = "304", description = "The caller's copy is current", content = @Content)
	@Refuses({ ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.OBJECT_NOT_FOUND, ProblemType.CONDITION_FAILED, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	void head(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(hidden = true) ObjectKey key,
			@Parameter(description = "The version; the newest if absent") @RequestParam(name = "version_id",
					required = false) @Size(max = 1024, message = VERSION) @Nullable String versionId,
			@Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) {
		this.reader.describe(new ObjectReader.Source(bucket, key, versionId, null), request, response);
	}

	@DeleteMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Delete an object",
			description = "Also answers 204 if there is no such object. In a bucket with versioning it sets a delete marker; with version_id it deletes that version or marker permanently.")
	@ApiResponse(responseCode = "204", description = "The object is deleted", content = @Content)
	@Refuses({ ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.STORE_CANNOT,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<Void> delete(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(hidden = true) ObjectKey key,
			@Parameter(description = "Deletes only this version") @RequestParam(name = "version_id",
					required = false) @Size(max = 1024, message = VERSION) @Nullable String versionId) {
		this.objects.delete(bucket, key, versionId);
		return ResponseEntity.noContent().build();
	}

}
