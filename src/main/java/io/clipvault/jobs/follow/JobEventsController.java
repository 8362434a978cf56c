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
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams the changes of jobs and of the gallery. */
@RestController
@Tag(name = "Jobs")
class JobEventsController {

	private final Followers followers;

	private final JobEvents job;

	private final AllChanges all;

	JobEventsController(Followers followers, JobEvents job, AllChanges all) {
		this.followers = followers;
		this.job = job;
		this.all = all;
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "The changes of all jobs and of the gallery, live", description = """
			One stream for a page, whichever replica makes a change. First events named job of the newest 100 jobs
			that are queued, uploading or tried again; then an event named job for each change of a job, and one
			named gallery when a job was published or removed and GET /gallery shows it. An event may come twice.
			Changes while a page is not connected are not sent later: ask GET /jobs and GET /gallery after each
			connection has opened. A follower that reads too slowly is disconnected.""")
	@ApiResponse(responseCode = "200", description = "The events",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
					schema = @Schema(oneOf = { JobProgress.class, GalleryChange.class })))
	@Refuses(ProblemType.TOO_MANY_FOLLOWERS)
	ResponseEntity<SseEmitter> events(HttpMethod method) {
		return isHead(method) ? headers() : events(this.followers.add("all", this.all::follow));
	}

	@GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "A job's progress, live",
			description = "Events named progress: the present state first, then each change, until the job has ended.")
	@ApiResponse(responseCode = "200", description = "The events",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
					schema = @Schema(implementation = JobProgress.class)))
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND, ProblemType.TOO_MANY_FOLLOWERS })
	ResponseEntity<SseEmitter> events(@Parameter(example = "sample") @PathVariable String id, HttpMethod method) {
		JobId job = new JobId(id);
		// Before a place is taken: an unknown job is unknown also while there is none.
		Feed feed = this.job.of(job);
		return isHead(method) ? headers() : events(this.followers.add(id, () -> feed));
	}

	/** A follower to whom nothing can be sent would never be seen to leave. */
	private static boolean isHead(HttpMethod method) {
		return method.equals(HttpMethod.HEAD);
	}

	private static ResponseEntity<SseEmitter> headers() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.build();
	}

	private static ResponseEntity<SseEmitter> events(SseEmitter follower) {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(follower);
	}

}
