package io.clipvault.jobs.follow;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams the progress of jobs. */
@RestController
@Tag(name = "Jobs")
class JobEventsController {

	private final JobEvents events;

	JobEventsController(JobEvents events) {
		this.events = events;
	}

	@GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "A job's progress, live",
			description = "Events named progress: the present state first, then each change, until the job has ended.")
	@ApiResponse(responseCode = "200", description = "The events",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
					schema = @Schema(implementation = JobProgress.class)))
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND })
	ResponseEntity<SseEmitter> events(@Parameter(example = "sample") @PathVariable String id) {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(this.events.follow(new JobId(id)));
	}

}
