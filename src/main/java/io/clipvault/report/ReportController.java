package io.clipvault.report;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers with the report of a bucket. */
@RestController
@Tag(name = "Report", description = "What a bucket holds and costs")
class ReportController {

	private static final String LIMIT = "must be from 1 to 1000";

	private static final String COME_AGAIN = "5";

	private final Reports reports;

	private final BucketScope scope;

	ReportController(Reports reports, BucketScope scope) {
		this.reports = reports;
		this.scope = scope;
	}

	@GetMapping(path = "/storage/report", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "What a bucket holds, what that costs a month, and what the lifecycle preset would save",
			description = "A listing counts the objects, and its result is kept for an hour. Ask again while the listing runs.")
	@ApiResponse(responseCode = "200", description = "The figures")
	@ApiResponse(responseCode = "202",
			description = "The first listing is running: ask again after the time in Retry-After")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_BUCKET_NAME, ProblemType.BUCKET_OUT_OF_SCOPE,
			ProblemType.BUCKET_NOT_FOUND, ProblemType.QUEUE_FULL, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	ResponseEntity<StorageReport> report(
			@Parameter(description = "The bucket; the service's own if absent") @RequestParam(
					required = false) @Nullable BucketName bucket,
			@Parameter(description = "Count again, even if the figures are fresh") @RequestParam(
					defaultValue = "false") boolean refresh,
			@Parameter(
					description = "The number of prefixes to show; the rest is summed up as '(others)'") @RequestParam(
							defaultValue = "50") @Min(value = 1,
									message = LIMIT) @Max(value = 1000, message = LIMIT) int prefixes) {
		StorageReport report = this.reports.get((bucket != null) ? bucket : this.scope.own(), refresh, prefixes);
		return (report.state() == StorageReport.State.COMPUTING)
				? ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, COME_AGAIN).body(report)
				: ResponseEntity.ok(report);
	}

}
