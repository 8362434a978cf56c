package io.clipvault.objects.content;

import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Copies objects and restores older versions by copying them. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
class CopyController {

	private final Copies copies;

	CopyController(Copies copies) {
		this.copies = copies;
	}

	@PostMapping(path = "/copies", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Tag(name = "Objects")
	@Operation(summary = "Copy an object into this bucket",
			description = "Copies inside the store, from this or another bucket, an object of any size. Answers when the copy is complete.")
	@ApiResponse(responseCode = "201", description = "The copy")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME,
			ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND, ProblemType.OBJECT_NOT_FOUND,
			ProblemType.OBJECT_ARCHIVED, ProblemType.CONDITION_FAILED, ProblemType.VALUE_REFUSED,
			ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ObjectDetails copy(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody CopyRequest request) {
		return this.copies.copy(bucket, request);
	}

	@PostMapping(path = "/versions/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Tag(name = "Versions")
	@Operation(summary = "Make a version the newest again", description = "Copies the version; all versions are kept.")
	@ApiResponse(responseCode = "201", description = "The new version")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME,
			ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.OBJECT_NOT_FOUND, ProblemType.OBJECT_ARCHIVED,
			ProblemType.CONDITION_FAILED, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ObjectDetails restore(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody CopyRequest.Restore restore) {
		return this.copies.copy(bucket, CopyRequest.restoring(Objects.requireNonNull(restore.key()),
				Objects.requireNonNull(restore.versionId())));
	}

}
