package io.clipvault.objects;

import java.util.Objects;

import io.clipvault.paging.Cursor;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a bucket over HTTP. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Versions", description = "Keep, list and bring back older versions")
class VersionController {

	private static final String LIMIT = "must be from 1 to 1000";

	private final Versions versions;

	private final Copies copies;

	VersionController(Versions versions, Copies copies) {
		this.versions = versions;
		this.copies = copies;
	}

	@GetMapping("/versioning")
	@Operation(summary = "Whether versions are kept")
	@ApiResponse(responseCode = "200", description = "'off', 'enabled' or 'suspended'")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Versioning versioning(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		return this.versions.get(bucket);
	}

	@PutMapping(path = "/versioning", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Keep versions, or keep no more")
	@ApiResponse(responseCode = "200", description = "As it is now")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Versioning setVersioning(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody Versioning versioning) {
		return this.versions.set(bucket, versioning);
	}

	@GetMapping("/versions")
	@Operation(summary = "All versions and delete markers", description = "By key, the newest of each first.")
	@ApiResponse(responseCode = "200", description = "A page of them")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ResponseEntity<ObjectVersions> list(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(description = "What the keys start with; a whole key shows its versions") @RequestParam(
					required = false) @Nullable String prefix,
			@Parameter(description = "From the page before") @RequestParam(required = false) @Nullable String cursor,
			@Parameter(description = "How many at the most") @RequestParam(defaultValue = "100") @Min(value = 1,
					message = LIMIT) @Max(value = 1000, message = LIMIT) int limit) {
		ObjectVersions page = this.versions.list(bucket, prefix, cursor, limit);
		return Cursor.page(page, page.nextCursor());
	}

	@PostMapping(path = "/versions/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Make a version the newest again", description = "As a copy: all versions stay.")
	@ApiResponse(responseCode = "201", description = "The newest version as it is now")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_OBJECT_KEY, ProblemType.INVALID_BUCKET_NAME,
			ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.OBJECT_NOT_FOUND, ProblemType.OBJECT_ARCHIVED,
			ProblemType.CONDITION_FAILED, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ObjectDetails restore(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody ObjectVersions.Restore restore) {
		return this.copies.copy(bucket, CopyRequest.restoring(Objects.requireNonNull(restore.key()),
				Objects.requireNonNull(restore.versionId())));
	}

}
