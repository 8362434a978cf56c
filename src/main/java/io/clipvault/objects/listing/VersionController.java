package io.clipvault.objects.listing;

import io.clipvault.objects.BucketName;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the versions of a bucket. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Versions", description = "Keep, list and restore older versions")
class VersionController {

	private static final String LIMIT = "must be from 1 to 1000";

	private final Versions versions;

	VersionController(Versions versions) {
		this.versions = versions;
	}

	@GetMapping("/versions")
	@Operation(summary = "All versions and delete markers",
			description = "Sorted by key, the newest version of each first.")
	@ApiResponse(responseCode = "200", description = "A page of versions")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ResponseEntity<ObjectVersions> list(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(description = "The prefix of the keys; a complete key lists its versions") @RequestParam(
					required = false) @Size(max = 1024,
							message = "must be at most 1,024 characters long") @Nullable String prefix,
			@Parameter(description = "The next_cursor of the page before") @RequestParam(
					required = false) @Nullable String cursor,
			@Parameter(description = "The largest number of entries in a page") @RequestParam(
					defaultValue = "100") @Min(value = 1,
							message = LIMIT) @Max(value = 1000, message = LIMIT) int limit) {
		ObjectVersions page = this.versions.list(bucket, prefix, cursor, limit);
		return Cursor.page(page, page.nextCursor());
	}

}
