package io.clipvault.gallery;

import java.io.IOException;
import java.util.List;

import io.clipvault.gallery.catalog.Position;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the newest clips, the clips of one job, and the clips for the dashboard. */
@RestController
@Tag(name = "Gallery", description = "Clips in the bucket, with links that play them")
class GalleryController {

	private static final String LIMIT = "must be from 1 to 500";

	private static final String OFFSET = "must be 0 or more";

	private static final String QUERY = "must be at most 200 characters long";

	private final Gallery gallery;

	GalleryController(Gallery gallery) {
		this.gallery = gallery;
	}

	@GetMapping(path = "/gallery", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "The newest clips",
			description = "Each clip has a link that plays it for two hours. The answer comes from memory; Age is the time since the bucket was listed.")
	@ApiResponse(responseCode = "200", description = "The clips, newest first",
			content = @Content(array = @ArraySchema(schema = @Schema(implementation = Clip.class))),
			headers = {
					@Header(name = "Link", description = "The address of the next page, if there is one",
							schema = @Schema(type = "string",
									example = "</gallery?limit=50&cursor=MTc2MzY0>; rel=\"next\"")),
					@Header(name = "ETag", description = "Send it back as If-None-Match",
							schema = @Schema(type = "string", example = "W/\"bCVB1cH7\"")),
					@Header(name = "Age", description = "Seconds since the bucket was listed",
							schema = @Schema(type = "integer", example = "12")) })
	@ApiResponse(responseCode = "304", description = "The answer is still the one that If-None-Match names",
			content = @Content)
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.GALLERY_LOADING,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	void newest(
			@Parameter(description = "The most clips to answer") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "Where to continue, from the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor,
			@Parameter(description = "Only clips of this job", example = "sample") @RequestParam(name = "job_id",
					required = false) @Nullable String jobId,
			@Parameter(description = "Words that must all occur in a clip's title or descriptions",
					example = "snooze") @RequestParam(defaultValue = "") @Size(max = 200, message = QUERY) String q,
			@Parameter(description = "Read the bucket again before answering") @RequestParam(
					defaultValue = "false") boolean refresh,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		JobId job = (jobId == null || jobId.isEmpty()) ? null : new JobId(jobId);
		View view = new View.Newest(job, false, words(q), position(cursor), limit);
		this.gallery.answer(view, refresh).write(request, response);
	}

	@GetMapping(path = "/gallery/{job_id}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "One job's clips", description = "Newest metadata first, in the order of the clips.")
	@ApiResponse(responseCode = "200", description = "The clips",
			content = @Content(array = @ArraySchema(schema = @Schema(implementation = Clip.class))))
	@ApiResponse(responseCode = "304", description = "The answer is still the one that If-None-Match names",
			content = @Content)
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_IN_GALLERY,
			ProblemType.GALLERY_LOADING, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	void job(@Parameter(example = "sample") @PathVariable("job_id") String jobId,
			@Parameter(description = "The most clips to answer") @RequestParam(defaultValue = "500") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "Where to continue, from the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor,
			@Parameter(description = "Read the bucket again before answering") @RequestParam(
					defaultValue = "false") boolean refresh,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		JobId job = new JobId(jobId);
		Position after = position(cursor);
		Gallery.Answer answer = this.gallery.answer(new View.Newest(job, true, List.of(), after, limit), refresh);
		if (!answer.snapshot().catalog().contains(job)) {
			throw new Problem(ProblemType.JOB_NOT_IN_GALLERY,
					"The gallery has no clip of job '%s': publish the job with POST /jobs/%s/artifacts, or ask with refresh=true if another program put it into the bucket."
						.formatted(job, job));
		}
		answer.write(request, response);
	}

	@GetMapping(path = "/api/gallery/clips", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "The newest clips for the dashboard of OpenShorts",
			description = "The same clips in the form that the dashboard reads.")
	@ApiResponse(responseCode = "200", description = "The clips, newest first",
			content = @Content(schema = @Schema(implementation = DashboardClips.class)))
	@ApiResponse(responseCode = "304", description = "The answer is still the one that If-None-Match names",
			content = @Content)
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.GALLERY_LOADING, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	void dashboard(
			@Parameter(description = "The most clips to answer") @RequestParam(defaultValue = "20") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "The number of clips to skip") @RequestParam(defaultValue = "0") @Min(value = 0,
					message = OFFSET) int offset,
			@Parameter(description = "Read the bucket again before answering") @RequestParam(
					defaultValue = "false") boolean refresh,
			HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.gallery.answer(new View.Dashboard(limit, offset), refresh).write(request, response);
	}

	private static @Nullable Position position(@Nullable String cursor) {
		return (cursor == null || cursor.isEmpty()) ? null : Position.of(cursor);
	}

	private static List<String> words(String text) {
		return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
	}

}
