package io.clipvault.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.util.UriComponentsBuilder;

/** Jobs over HTTP. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs", description = "Bring a finished job's directory to the bucket")
class JobController {

	private static final String LIMIT = "must be from 1 to 500";

	private final JobQueue queue;

	private final Jobs jobs;

	private final JobEnds ends;

	private final JobEvents events;

	JobController(JobQueue queue, Jobs jobs, JobEnds ends, JobEvents events) {
		this.queue = queue;
		this.jobs = jobs;
		this.ends = ends;
		this.events = events;
	}

	@GetMapping
	@Operation(summary = "The newest jobs",
			description = "Without their files. Follow the Link header for the next page.")
	@ApiResponse(responseCode = "200", description = "The jobs, newest first",
			headers = @Header(name = "Link", description = "Where the next page is, if there is one",
					schema = @Schema(type = "string",
							example = "</jobs?limit=50&cursor=MTc2MzY0MDAwMDAwMDpzYW1wbGU>; rel=\"next\"")))
	@Refuses(ProblemType.INVALID_REQUEST)
	ResponseEntity<List<Job>> jobs(
			@Parameter(description = "Only jobs of this status") @RequestParam(
					required = false) @Nullable JobStatus status,
			@Parameter(description = "How many at the most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "Where the page before ended, from its Link header") @RequestParam(
					required = false) @Nullable String cursor) {
		List<Job> found = this.jobs.page(status, (cursor == null) ? null : JobCursor.parse(cursor), limit + 1);
		if (found.size() <= limit) {
			return ResponseEntity.ok(found);
		}
		List<Job> page = found.subList(0, limit);
		UriComponentsBuilder next = UriComponentsBuilder.fromPath("/jobs")
			.queryParam("limit", limit)
			.queryParam("cursor", JobCursor.after(page.getLast()).text());
		if (status != null) {
			next.queryParam("status", status.word());
		}
		return ResponseEntity.ok()
			.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next.toUriString()))
			.body(page);
	}

	@PostMapping(path = "/{id}/artifacts", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Upload a job's directory",
			description = "Answers at once; clips go first, metadata last. Follow Location to see how far it is. "
					+ "Files of an earlier posting that this one no longer has stay in the bucket.")
	@ApiResponse(responseCode = "202", description = "Accepted",
			headers = @Header(name = "Location", description = "Where the job's state is told",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.DIRECTORY_MISSING, ProblemType.DIRECTORY_OUTSIDE_ROOT, ProblemType.NOT_A_DIRECTORY,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.JOB_ACTIVE,
			ProblemType.QUEUE_FULL })
	ResponseEntity<Job> upload(@Parameter(example = "sample") @PathVariable String id,
			@Valid @RequestBody ArtifactsRequest request) {
		Job job = this.queue.accept(new JobId(id), request.directory(), request.webhook());
		return ResponseEntity.accepted().location(URI.create("/jobs/" + job.id())).body(job);
	}

	@GetMapping("/{id}")
	@Operation(summary = "How far a job is")
	@ApiResponse(responseCode = "200", description = "The job and its files")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	Job job(@Parameter(example = "sample") @PathVariable String id) {
		return this.jobs.get(new JobId(id));
	}

	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "A job's progress, live",
			description = "Events named progress: the present state first, then each change, until the job has ended.")
	@ApiResponse(responseCode = "200", description = "The events",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
					schema = @Schema(implementation = JobProgress.class)))
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	void events(@Parameter(example = "sample") @PathVariable String id, HttpServletResponse response)
			throws IOException {
		JobId job = new JobId(id);
		this.jobs.get(job);
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		response.setCharacterEncoding("UTF-8");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		this.events.follow(job, response.getOutputStream());
	}

	@DeleteMapping("/{id}")
	@Operation(summary = "Cancel a job",
			description = "What it began in the bucket is aborted; objects that are complete stay until the job's artifacts are deleted.")
	@ApiResponse(responseCode = "200", description = "The cancelled job")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND, ProblemType.JOB_ENDED })
	Job cancel(@Parameter(example = "sample") @PathVariable String id) {
		return this.ends.cancel(new JobId(id));
	}

}
