package io.clipvault.objects.listing;

import io.clipvault.objects.BucketName;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.requests.LargestBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the objects of a bucket and deletes many of them at once. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Objects")
class ListingController {

	private static final String KEY = "must be at most 1,024 characters long";

	private static final String LIMIT = "must be from 1 to 1000";

	private final ObjectListing objects;

	private final BatchDelete batch;

	ListingController(ObjectListing objects, BatchDelete batch) {
		this.objects = objects;
		this.batch = batch;
	}

	@GetMapping("/objects")
	@Operation(summary = "The objects of a bucket", description = "Sorted by the bytes of their keys.")
	@ApiResponse(responseCode = "200", description = "A page of objects")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ResponseEntity<ObjectPage> list(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Parameter(description = "The prefix of the keys", example = "sample/") @RequestParam(
					required = false) @Size(max = 1024, message = KEY) @Nullable String prefix,
			@Parameter(
					description = "Groups the keys that are the same from the prefix to the next occurrence of this text",
					example = "/") @RequestParam(
							required = false) @Size(max = 1024, message = KEY) @Nullable String delimiter,
			@Parameter(description = "Only keys after this one") @RequestParam(name = "start_after",
					required = false) @Size(max = 1024, message = KEY) @Nullable String startAfter,
			@Parameter(description = "The next_cursor of the page before") @RequestParam(
					required = false) @Nullable String cursor,
			@Parameter(description = "The largest number of entries in a page") @RequestParam(
					defaultValue = "100") @Min(value = 1,
							message = LIMIT) @Max(value = 1000, message = LIMIT) int limit) {
		ObjectPage page = this.objects.list(bucket, new ListingRequest(prefix, delimiter, startAfter, cursor, limit));
		return Cursor.page(page, page.nextCursor());
	}

	@LargestBody(megabytes = 16)
	@DeleteMapping(path = "/objects", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Delete many objects",
			description = "Answers with a result for each object; one that does not exist counts as deleted.")
	@ApiResponse(responseCode = "200", description = "The result of each object, in the order of the request")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	Deletion.Report delete(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody Deletion.Request request) {
		return this.batch.delete(bucket, request.objects());
	}

	@LargestBody(megabytes = 16)
	@PostMapping(path = "/deletions", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Delete many objects, for clients that cannot send a body with DELETE")
	@ApiResponse(responseCode = "200", description = "The result of each object, in the order of the request")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	Deletion.Report postDeletion(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody Deletion.Request request) {
		return delete(bucket, request);
	}

}
