package io.clipvault.jobs;

import java.net.URI;

import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.storage.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over HTTP. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs", description = "Bring a finished job's directory to the bucket")
class JobController {

	private final JobQueue queue;

	private final Jobs jobs;

	JobController(JobQueue queue, Jobs jobs) {
		this.queue = queue;
		this.jobs = jobs;
	}

	@PostMapping(path = "/{id}/artifacts", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Upload a job's directory",
			description = "Answers at once; clips go first, metadata last. Follow Location to see how far it is.")
	@ApiResponse(responseCode = "202", description = "Accepted",
			headers = @Header(name = "Location", description = "Where the job's state is told",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.DIRECTORY_MISSING, ProblemType.DIRECTORY_OUTSIDE_ROOT, ProblemType.NOT_A_DIRECTORY,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.JOB_ACTIVE,
			ProblemType.QUEUE_FULL })
	ResponseEntity<Job> upload(@Parameter(example = "sample") @PathVariable String id,
			@Valid @RequestBody ArtifactsRequest request) {
		Job job = this.queue.accept(new JobId(id), request.directory());
		return ResponseEntity.accepted().location(URI.create("/jobs/" + job.id())).body(job);
	}

	@GetMapping("/{id}")
	@Operation(summary = "How far a job is")
	@ApiResponse(responseCode = "200", description = "The job and its files")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	Job job(@Parameter(example = "sample") @PathVariable String id) {
		return this.jobs.get(new JobId(id));
	}

}
