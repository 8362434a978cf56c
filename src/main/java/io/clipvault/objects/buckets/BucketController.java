package io.clipvault.objects.buckets;

import java.net.URI;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
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

/** Creates, lists and deletes buckets, and shows purges. */
@RestController
@RequestMapping(path = "/buckets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Buckets", description = "Create, list and delete buckets")
class BucketController {

	private static final String LIMIT = "must be from 1 to 1000";

	private final Buckets buckets;

	private final BucketDeletion deletion;

	private final Purges purges;

	private final BucketScope scope;

	BucketController(Buckets buckets, BucketDeletion deletion, Purges purges, BucketScope scope) {
		this.buckets = buckets;
		this.deletion = deletion;
		this.purges = purges;
		this.scope = scope;
	}

	@GetMapping
	@Operation(summary = "The buckets that this service may touch",
			description = "The existing buckets among those that clipvault.objects.buckets names.")
	@ApiResponse(responseCode = "200", description = "The buckets, sorted by name")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<BucketPage> list(@Parameter(description = "The largest number of entries in a page") @RequestParam(
			defaultValue = "100") @Min(value = 1, message = LIMIT) @Max(value = 1000, message = LIMIT) int limit,
			@Parameter(description = "The next_cursor of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		BucketPage page = this.buckets.list((cursor == null) ? null : Cursor.read(cursor, 1).getFirst(), limit);
		return Cursor.page(page, page.nextCursor());
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Create a bucket")
	@ApiResponse(responseCode = "201", description = "The bucket is created")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_EXISTS, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<Bucket> create(@Valid @RequestBody BucketRequest request) {
		Bucket bucket = this.buckets.create(this.scope.resolve(request.name()), request.region());
		return ResponseEntity.created(URI.create("/buckets/" + bucket.name())).body(bucket);
	}

	@GetMapping("/{bucket}")
	@Operation(summary = "One bucket")
	@ApiResponse(responseCode = "200", description = "The bucket exists")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Bucket bucket(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		return this.buckets.get(bucket);
	}

	@DeleteMapping("/{bucket}")
	@Operation(summary = "Delete a bucket",
			description = "Deletes an empty bucket at once. With purge=true, a background task first deletes everything in it, including versions and unfinished uploads.")
	@ApiResponse(responseCode = "204", description = "The bucket is deleted")
	@ApiResponse(responseCode = "202", description = "The purge has started: follow Location")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.BUCKET_NOT_EMPTY, ProblemType.QUEUE_FULL,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<Purge> delete(@Parameter(example = "old-clips") @PathVariable BucketName bucket, @Parameter(
			description = "Also delete everything in the bucket") @RequestParam(defaultValue = "false") boolean purge) {
		if (!purge) {
			this.deletion.delete(bucket);
			return ResponseEntity.noContent().build();
		}
		this.buckets.get(bucket);
		return ResponseEntity.accepted()
			.location(URI.create("/buckets/" + bucket + "/purge"))
			.body(this.purges.start(bucket));
	}

	@GetMapping("/{bucket}/purge")
	@Operation(summary = "The progress of a bucket's purge",
			description = "Also available after the bucket is deleted.")
	@ApiResponse(responseCode = "200", description = "The last purge of this bucket")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.PURGE_NOT_FOUND })
	Purge purge(@Parameter(example = "old-clips") @PathVariable BucketName bucket) {
		return this.purges.get(bucket);
	}

}
