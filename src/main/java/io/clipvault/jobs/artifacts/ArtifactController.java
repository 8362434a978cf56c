package io.clipvault.jobs.artifacts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.security.Caller;
import io.clipvault.security.Role;
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

/** Shows, removes and restores what the bucket holds of a job. */
@RestController
@RequestMapping("/jobs/{id}")
@Tag(name = "Artifacts", description = "List, download, remove and restore what the bucket holds of a job")
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
	@Operation(summary = "What the bucket holds of a job", description = "In the order of names, each with a link.")
	@ApiResponse(responseCode = "200", description = "The artifacts",
			headers = @Header(name = "Link", description = "The address of the next page, if there is one",
					schema = @Schema(type = "string",
							example = "</jobs/sample/artifacts?limit=50&cursor=dGFsaw>; rel=\"next\"")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	ResponseEntity<List<StoredArtifact>> artifacts(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(description = "How many at most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "The cursor in the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		String after = (cursor == null) ? null : Cursor.read(cursor, 1).getFirst();
		List<StoredArtifact> found = this.artifacts.page(new JobId(id), after, limit + 1);
		return Cursor.page(found, limit, Function.identity(), (artifact) -> Cursor.of(artifact.name()));
	}

	@GetMapping(path = "/artifacts.zip", produces = "application/zip")
	@Operation(summary = "All artifacts of a job as one zip",
			description = "Streamed; entries are not compressed. An object whose name would lead out of the zip's folder, such as ../talk.mp4, is left out; the zip's comment names it.")
	@ApiResponse(responseCode = "200", description = "The zip",
			content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS, ProblemType.DOWNLOADS_BUSY,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	void zip(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(hidden = true) HttpServletRequest request,
			@Parameter(hidden = true) HttpServletResponse response) {
		this.zip.send(new JobId(id), request, response);
	}

	@DeleteMapping(path = "/artifacts", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Remove a job from the bucket and the gallery",
			description = "Metadata first, so that the gallery shows no clip that is gone.")
	@ApiResponse(responseCode = "200", description = "How many objects were removed")
	@Refuses({ ProblemType.INVALID_JOB_ID, ProblemType.NO_ARTIFACTS, ProblemType.JOB_ACTIVE,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Map<String, Integer> remove(@Parameter(example = "sample") @PathVariable String id) {
		return Map.of("removed", this.artifacts.remove(new JobId(id)));
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Bring a job's artifacts back from the bucket",
			description = "Answers when all files are there. Each file is checked against its digest before it gets its name. An object whose name no file can have is skipped and named.")
	@ApiResponse(responseCode = "200", description = "What was written")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.NO_ARTIFACTS, ProblemType.JOB_ACTIVE, ProblemType.DIRECTORY_OUTSIDE_ROOT,
			ProblemType.NOT_A_DIRECTORY, ProblemType.UNUSABLE_FILE_NAME, ProblemType.DISK_FULL,
			ProblemType.JOBS_ROOT_UNUSABLE, ProblemType.DOWNLOADS_BUSY, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	Restored restore(@Parameter(example = "sample") @PathVariable String id,
			@Valid @RequestBody RestoreRequest request) {
		if (request.directory() != null) {
			Caller.current().require(Role.ADMIN, "To restore to a named directory");
		}
		return this.restore.restore(new JobId(id), request.directory());
	}

}
