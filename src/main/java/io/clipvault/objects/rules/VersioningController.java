package io.clipvault.objects.rules;

import io.clipvault.objects.BucketName;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and changes whether a bucket keeps versions. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Versions")
class VersioningController {

	private final BucketVersioning versioning;

	VersioningController(BucketVersioning versioning) {
		this.versioning = versioning;
	}

	@GetMapping("/versioning")
	@Operation(summary = "Whether the bucket keeps versions")
	@ApiResponse(responseCode = "200", description = "The status of versioning")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Versioning versioning(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		return this.versioning.get(bucket);
	}

	@PutMapping(path = "/versioning", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Enable or suspend versioning")
	@ApiResponse(responseCode = "200", description = "The new status")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Versioning setVersioning(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody Versioning versioning) {
		return this.versioning.set(bucket, versioning);
	}

}
