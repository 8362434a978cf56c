package io.clipvault.objects.content;

import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.storage.ObjectKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Describes an object in JSON. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Objects")
class DetailsController {

	private final StoredObjects objects;

	DetailsController(StoredObjects objects) {
		this.objects = objects;
	}

	@GetMapping("/details")
	@Operation(summary = "Describe an object",
			description = "The same as HEAD, with decoded metadata and the public address.")
	@Parameter(in = ParameterIn.QUERY, name = "key", required = true, example = "sample/talk_clip_1.mp4",
			schema = @Schema(type = "string"))
	@ApiResponse(responseCode = "200", description = "The object")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME,
			ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.OBJECT_NOT_FOUND, ProblemType.VALUE_REFUSED,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ObjectDetails details(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(hidden = true) ObjectKey key,
			@Parameter(description = "The version; the newest if absent") @RequestParam(name = "version_id",
					required = false) @Size(max = 1024,
							message = ObjectController.VERSION) @Nullable String versionId) {
		return this.objects.details(bucket, key, versionId);
	}

}
