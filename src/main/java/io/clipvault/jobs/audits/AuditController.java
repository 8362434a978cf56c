package io.clipvault.jobs.audits;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

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
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Starts and shows audits. */
@RestController
@RequestMapping(path = "/audits", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audits", description = "Compare the jobs with what the bucket holds")
class AuditController {

	private static final String LIMIT = "must be from 1 to 500";

	private final Audits audits;

	AuditController(Audits audits) {
		this.audits = audits;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Start an audit",
			description = "Compares every completed job with the bucket: existence, size, digest in the metadata; deep reads and hashes the bytes too. One audit runs at a time.")
	@ApiResponse(responseCode = "202", description = "The audit has begun",
			headers = @Header(name = HttpHeaders.LOCATION, description = "The address of the audit",
					schema = @Schema(type = "string", example = "/audits/0b9c5d1e-3f0e-4f57-9d53-0d9a2a2f8a11")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.JOB_NOT_FOUND,
			ProblemType.AUDIT_RUNNING, ProblemType.UNSUPPORTED_MEDIA_TYPE })
	ResponseEntity<Audit> start(@RequestBody(required = false) @Nullable AuditRequest request) {
		AuditRequest asked = Objects.requireNonNullElse(request, new AuditRequest(null, null));
		Audit begun = this.audits.start(asked.job(), asked.isDeep());
		return ResponseEntity.accepted().location(URI.create("/audits/" + begun.id())).body(begun);
	}

	@GetMapping
	@Operation(summary = "The last audits",
			description = "Newest first, without what they found; the last 100 are kept.")
	@ApiResponse(responseCode = "200", description = "The audits",
			headers = @Header(name = "Link", description = "The address of the next page, if there is one",
					schema = @Schema(type = "string",
							example = "</audits?limit=50&cursor=MTc2MzY0MDAwMDAwMAA3ZjFk>; rel=\"next\"")))
	@Refuses(ProblemType.INVALID_REQUEST)
	ResponseEntity<List<Audit>> audits(
			@Parameter(description = "How many at most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "The cursor in the Link header of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		List<Audit> found = this.audits.page((cursor == null) ? null : AuditRows.Position.parse(cursor), limit + 1);
		return Cursor.page(found, limit, Function.identity(), AuditRows.Position::after);
	}

	@GetMapping("/{id}")
	@Operation(summary = "An audit and what it has found so far",
			description = "Lists the first 1,000 objects of each kind; the counts are of all.")
	@ApiResponse(responseCode = "200", description = "The audit")
	@Refuses(ProblemType.AUDIT_NOT_FOUND)
	Audit audit(@Parameter(example = "0b9c5d1e-3f0e-4f57-9d53-0d9a2a2f8a11") @PathVariable String id) {
		return this.audits.get(id);
	}

}
