package io.clipvault.jobs.intake;

import java.io.IOException;
import java.net.URI;

import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The calls that bring jobs: by directory, by files, or by the generator's end. */
@RestController
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Jobs")
class IntakeController {

	private static final String ZIP = "application/zip";

	private static final String TAR = "application/x-tar";

	private static final String KEPT = "Files of an earlier posting that are not in this one stay in the bucket.";

	private final FileIntake intake;

	private final JobAcceptance acceptance;

	private final GeneratorFailures failures;

	IntakeController(FileIntake intake, JobAcceptance acceptance, GeneratorFailures failures) {
		this.intake = intake;
		this.acceptance = acceptance;
		this.failures = failures;
	}

	@PostMapping(path = "/{id}/artifacts", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Upload a job's directory",
			description = "Answers at once; clips are sent first, metadata last. Follow Location to see the progress. "
					+ KEPT)
	@ApiResponse(responseCode = "202", description = "Accepted",
			headers = @Header(name = "Location", description = "The address of the job's state",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.DIRECTORY_MISSING, ProblemType.DIRECTORY_OUTSIDE_ROOT, ProblemType.NOT_A_DIRECTORY,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.JOBS_ROOT_UNUSABLE,
			ProblemType.JOB_ACTIVE, ProblemType.QUEUE_FULL, ProblemType.WEBHOOKS_BUSY })
	ResponseEntity<JobView> upload(@Parameter(example = "sample") @PathVariable String id,
			@Valid @org.springframework.web.bind.annotation.RequestBody ArtifactsRequest request) {
		return accepted(this.acceptance.accept(new JobId(id), request.directory(), request.webhook()));
	}

	@PostMapping(path = "/{id}/artifacts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@Operation(summary = "Upload a job's files",
			description = "The files become the job's directory in the jobs root and replace one that was posted like this before; "
					+ "any other directory of that name stays, and the call is refused. "
					+ "Each part is a file; the names of the fields do not matter. " + KEPT,
			requestBody = @RequestBody(content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
					schemaProperties = @SchemaProperty(name = "files",
							array = @ArraySchema(schema = @Schema(type = "string", format = "binary"))))))
	@ApiResponse(responseCode = "202", description = "Accepted",
			headers = @Header(name = "Location", description = "The address of the job's state",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.ARCHIVE_REFUSED,
			ProblemType.UPLOAD_TOO_LARGE, ProblemType.DISK_FULL, ProblemType.JOBS_ROOT_UNUSABLE, ProblemType.JOB_ACTIVE,
			ProblemType.DIRECTORY_EXISTS, ProblemType.BODY_TOO_SLOW, ProblemType.INTAKES_BUSY, ProblemType.QUEUE_FULL })
	ResponseEntity<JobView> files(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(hidden = true) HttpServletRequest request) throws IOException {
		return accepted(this.intake.form(new JobId(id), request.getContentType(), request.getInputStream()));
	}

	@PostMapping(path = "/{id}/artifacts", consumes = { ZIP, TAR })
	@Operation(summary = "Upload a job's files as one archive",
			description = "A zip or tar of plain files in one folder; anything else in it makes the whole archive refused. "
					+ KEPT,
			requestBody = @RequestBody(
					content = { @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")),
							@Content(mediaType = TAR, schema = @Schema(type = "string", format = "binary")) }))
	@ApiResponse(responseCode = "202", description = "Accepted",
			headers = @Header(name = "Location", description = "The address of the job's state",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.ARCHIVE_REFUSED,
			ProblemType.UPLOAD_TOO_LARGE, ProblemType.DISK_FULL, ProblemType.JOBS_ROOT_UNUSABLE, ProblemType.JOB_ACTIVE,
			ProblemType.DIRECTORY_EXISTS, ProblemType.BODY_TOO_SLOW, ProblemType.INTAKES_BUSY, ProblemType.QUEUE_FULL })
	ResponseEntity<JobView> archive(@Parameter(example = "sample") @PathVariable String id,
			@Parameter(hidden = true) HttpServletRequest request) throws IOException {
		boolean zip = MediaType.parseMediaType(request.getContentType())
			.isCompatibleWith(MediaType.parseMediaType(ZIP));
		JobId job = new JobId(id);
		return accepted(
				zip ? this.intake.zip(job, request.getInputStream()) : this.intake.tar(job, request.getInputStream()));
	}

	@PostMapping(path = "/{id}/completion", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Report that the generator has ended",
			description = "Return code 0 starts the upload; any other records the job as failed and uploads nothing. "
					+ KEPT)
	@ApiResponse(responseCode = "202", description = "The upload is accepted",
			headers = @Header(name = "Location", description = "The address of the job's state",
					schema = @Schema(type = "string", example = "/jobs/sample")))
	@ApiResponse(responseCode = "200", description = "The job is recorded as failed")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.DIRECTORY_MISSING, ProblemType.DIRECTORY_OUTSIDE_ROOT, ProblemType.NOT_A_DIRECTORY,
			ProblemType.NOTHING_TO_UPLOAD, ProblemType.UNUSABLE_FILE_NAME, ProblemType.JOBS_ROOT_UNUSABLE,
			ProblemType.JOB_ACTIVE, ProblemType.QUEUE_FULL, ProblemType.WEBHOOKS_BUSY })
	ResponseEntity<JobView> completion(@Parameter(example = "sample") @PathVariable String id,
			@Valid @org.springframework.web.bind.annotation.RequestBody CompletionReport request) {
		JobId job = new JobId(id);
		String directory = (request.directory() != null) ? request.directory() : id;
		return (request.returnCode() == 0) ? accepted(this.acceptance.accept(job, directory, request.webhook()))
				: ResponseEntity.ok(this.failures.record(job, directory, request.returnCode(), request.webhook()));
	}

	private static ResponseEntity<JobView> accepted(JobView job) {
		return ResponseEntity.accepted().location(URI.create("/jobs/" + job.id())).body(job);
	}

}
