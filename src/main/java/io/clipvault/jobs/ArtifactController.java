package io.clipvault.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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

/** What the bucket holds for a job, over HTTP. */
@RestController
@RequestMapping("/jobs/{id}")
@Tag(name = "Artifacts", description = "See, take away, remove and bring back what the bucket holds for a job")
class ArtifactController {

	private static final String LIMIT = "must be from 1 to 500";

	private final ArtifactStore artifacts;

	private final ArtifactZip zip;

	private final Restore restore;

	ArtifactController(ArtifactStore artifacts, ArtifactZip zip, Restore restore) {
		this.artifacts = artifacts;
		this.zip = zip;
		this.restore = restore;
	}

	@GetMapping(path = "/artifacts", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "What the bucket holds for a job", description = "In the order of names, each with a link.")
	@ApiResponse(responseCode = "200", description = "The artifacts",
			headers = @Header(name = "Link", description = "Where the next page is, if there is one",
					schema = @Schema(type = "string",
							example = "</jobs/sample/artifacts?limit=50&cursor=dGFsaw>; rel=\"next\"")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<List<StoredArtifact>> artifacts(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(description = "How many at the most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "Where the page before ended, from its Link header") @RequestParam(
					required = false) @Nullable String cursor) {
		JobId job = new JobId(id);
		List<StoredArtifact> found = this.artifacts.page(job, (cursor == null) ? null : name(cursor), limit + 1);
		if (found.size() <= limit) {
			return ResponseEntity.ok(found);
		}
		List<StoredArtifact> page = found.subList(0, limit);
		return ResponseEntity.ok()
			.header(HttpHeaders.LINK,
					"</jobs/%s/artifacts?limit=%d&cursor=%s>; rel=\"next\"".formatted(job, limit,
							cursor(page.getLast().name())))
			.body(page);
	}

	private static String cursor(String name) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
	}

	private static String name(String cursor) {
		try {
			return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException foreign) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'cursor' is not one that this list gave out: take it from the Link header, or leave it out.",
					foreign);
		}
	}

	@GetMapping(path = "/artifacts.zip", produces = "application/zip")
	@Operation(summary = "All artifacts of a job as one zip", description = "Streamed; entries are not compressed.")
	@ApiResponse(responseCode = "200", description = "The zip",
			content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	void zip(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) {
		this.zip.send(new JobId(id), request, response);
	}

	@DeleteMapping(path = "/artifacts", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Remove a job from the bucket and the gallery",
			description = "Metadata first, so that the gallery never shows a clip that is gone.")
	@ApiResponse(responseCode = "200", description = "How many objects were removed")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS, ProblemType.JOB_ACTIVE,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Map<String, Integer> remove(@Parameter(example = "sample") @PathVariable String id) {
		return Map.of("removed", this.artifacts.remove(new JobId(id)));
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Bring a job's artifacts back from the bucket",
			description = "Answers when all are there. Each is checked against its digest before it gets its name.")
	@ApiResponse(responseCode = "200", description = "What was written")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.NO_ARTIFACTS, ProblemType.JOB_ACTIVE, ProblemType.DIRECTORY_OUTSIDE_ROOT,
			ProblemType.NOT_A_DIRECTORY, ProblemType.UNUSABLE_FILE_NAME, ProblemType.DISK_FULL,
			ProblemType.JOBS_ROOT_UNUSABLE, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Restored restore(@Parameter(example = "sample") @PathVariable String id,
			@Valid @RequestBody RestoreRequest request) {
		return this.restore.restore(new JobId(id), request.directory());
	}

}
