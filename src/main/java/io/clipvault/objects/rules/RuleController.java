package io.clipvault.objects.rules;

import io.clipvault.objects.BucketName;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.requests.LargestBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reads, replaces and deletes the lifecycle and CORS rules of a bucket. */
@RestController
@RequestMapping(path = "/buckets/{bucket}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Bucket rules", description = "Lifecycle and CORS rules")
class RuleController {

	private final BucketRules rules;

	RuleController(BucketRules rules) {
		this.rules = rules;
	}

	@GetMapping("/lifecycle")
	@Operation(summary = "The lifecycle rules", description = "An empty list if there are none.")
	@ApiResponse(responseCode = "200", description = "The rules that the store has")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	LifecycleRules lifecycle(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		return this.rules.lifecycle(bucket);
	}

	@LargestBody(megabytes = 1)
	@PutMapping(path = "/lifecycle", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Replace the lifecycle rules",
			description = "Rules that the request does not contain are deleted.")
	@ApiResponse(responseCode = "200", description = "The rules that the store has now")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	LifecycleRules setLifecycle(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody LifecycleRules lifecycle) {
		return this.rules.setLifecycle(bucket, lifecycle);
	}

	@PostMapping(path = "/lifecycle/preset", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Set the rules that suit clips",
			description = "Moves clips to Intelligent-Tiering on the first day and to an archive class later, and aborts stale uploads. Other rules are kept. Files of 128 KiB or less, such as metadata, are not moved.")
	@ApiResponse(responseCode = "200", description = "The rules that the store has now")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	LifecycleRules setPreset(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody LifecycleRules.Preset preset) {
		return this.rules.setPreset(bucket, preset);
	}

	@DeleteMapping("/lifecycle")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete all lifecycle rules")
	@ApiResponse(responseCode = "204", description = "There are no rules any more", content = @Content)
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	void removeLifecycle(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		this.rules.removeLifecycle(bucket);
	}

	@GetMapping("/cors")
	@Operation(summary = "The CORS rules", description = "An empty list if there are none.")
	@ApiResponse(responseCode = "200", description = "The rules that the store has")
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	CorsRules cors(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		return new CorsRules(this.rules.cors(bucket));
	}

	@LargestBody(megabytes = 1)
	@PutMapping(path = "/cors", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Replace the CORS rules", description = "Rules that the request does not contain are deleted.")
	@ApiResponse(responseCode = "200", description = "The rules that the store has now")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.VALUE_REFUSED, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	CorsRules setCors(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket,
			@Valid @RequestBody CorsRules cors) {
		return new CorsRules(this.rules.setCors(bucket, cors));
	}

	@DeleteMapping("/cors")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete all CORS rules")
	@ApiResponse(responseCode = "204", description = "There are no rules any more", content = @Content)
	@Refuses({ ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE, ProblemType.BUCKET_NOT_FOUND,
			ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	void removeCors(@Parameter(example = "openshorts.app-clips") @PathVariable BucketName bucket) {
		this.rules.removeCors(bucket);
	}

}
