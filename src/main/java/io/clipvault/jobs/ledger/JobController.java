package io.clipvault.jobs.ledger;

import java.util.List;

import io.clipvault.jobs.JobStatus;
import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows jobs. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs", description = "Upload a finished job's directory to the bucket")
class JobController {

	private static final String LIMIT = "must be from 1 to 500";

	private final Jobs jobs;

	private final JobDetails details;

	JobController(Jobs jobs, JobDetails details) {
		this.jobs = jobs;
		this.details = details;
	}

	@GetMapping
	@Operation(summary = "The newest jobs",
			description = "Without their files. Follow the Link header for the next page.")
	@ApiResponse(responseCode = "200", description = "The jobs, newest first",
			headers = @Header(name = "Link", description = "The address of the next page, if there is one",
					schema = @Schema(type = "string",
							example = "</jobs?limit=50&cursor=MTc2MzY0MDAwMDAwMDpzYW1wbGU>; rel=\"next\"")))
	@Refuses(ProblemType.INVALID_REQUEST)
	ResponseEntity<List<JobView>> jobs(
			@Parameter(description = "Only jobs of this status") @RequestParam(
					required = false) @Nullable JobStatus status,
			@Parameter(description = "How many at most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "The cursor in the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		List<Job> found = this.jobs.page(status, (cursor == null) ? null : Jobs.Position.parse(cursor), limit + 1);
		return Cursor.page(found, limit, JobView::of, Jobs.Position::after);
	}

	@GetMapping("/{id}")
	@Operation(summary = "The state of a job")
	@ApiResponse(responseCode = "200", description = "The job and its first 100 files")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	JobView job(@Parameter(example = "sample") @PathVariable String id) {
		return this.details.get(new JobId(id));
	}

	@GetMapping("/{id}/files")
	@Operation(summary = "The files of a job", description = "Follow the Link header for the next page.")
	@ApiResponse(responseCode = "200", description = "The files, in the order in which they are sent",
			headers = @Header(name = "Link", description = "The address of the next page, if there is one",
					schema = @Schema(type = "string",
							example = "</jobs/sample/files?limit=50&cursor=NTA>; rel=\"next\"")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	ResponseEntity<List<JobFile>> files(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(description = "Only files of this status") @RequestParam(
					required = false) @Nullable JobStatus status,
			@Parameter(description = "How many at most") @RequestParam(defaultValue = "100") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "The cursor in the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		List<JobFiles.Entry> found = this.details.files(new JobId(id), status,
				(cursor == null) ? -1 : JobFiles.Entry.position(cursor), limit + 1);
		return Cursor.page(found, limit, JobFiles.Entry::file, JobFiles.Entry::cursor);
	}

}
