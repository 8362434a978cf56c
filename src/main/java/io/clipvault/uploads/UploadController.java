package io.clipvault.uploads;

import java.util.Objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs upload forms, and makes jobs of finished uploads. */
@RestController
@RequestMapping(path = "/uploads", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Uploads", description = "Upload files from a browser straight to the bucket")
class UploadController {

	private static final String COMPLETE = "/complete";

	private final UploadKeys keys;

	private final UploadForms forms;

	private final FinishedUploads finished;

	UploadController(UploadKeys keys, UploadForms forms, FinishedUploads finished) {
		this.keys = keys;
		this.forms = forms;
		this.finished = finished;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sign a form that uploads one file",
			description = "Post the fields to the URL as multipart/form-data, followed by the file as 'file'. "
					+ "The store accepts only this key, this content type and at most this many bytes.")
	@ApiResponse(responseCode = "200", description = "The form")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_CANNOT,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	UploadForm form(@Valid @RequestBody UploadRequest request) {
		return this.forms.form(this.keys.next(request.fileName(), request.directory()), request.contentType(),
				request.maxBytes());
	}

	// Only a pattern at the end of the path matches a key, because keys contain slashes.
	@PostMapping("/{*path}")
	@Operation(summary = "Make a job of a finished upload, or of all in a folder",
			description = "The path is the key that the form has, or the folder, followed by /complete. "
					+ "The files move to the job, metadata last; their names lose the random letters.")
	@ApiResponse(responseCode = "200", description = "The job and the files that were moved to it")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.INVALID_JOB_ID, ProblemType.UPLOAD_FORBIDDEN,
			ProblemType.OBJECT_NOT_FOUND, ProblemType.UPLOAD_TOO_LARGE, ProblemType.ARTIFACT_EXISTS,
			ProblemType.UNUSABLE_FILE_NAME, ProblemType.CONDITION_FAILED, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	UploadedJob complete(
			@Parameter(description = "The key or the folder, followed by /complete",
					example = "_uploads/talk/complete") @PathVariable String path,
			@Valid @RequestBody(required = false) @Nullable UploadCompletion request) {
		if (!path.endsWith(COMPLETE)) {
			throw new Problem(ProblemType.NOT_FOUND,
					"POST /uploads%s is not a call of this service: end it with /complete.".formatted(path));
		}
		return this.finished.complete(path.substring(1, path.length() - COMPLETE.length()),
				Objects.requireNonNullElse(request, UploadCompletion.DEFAULT));
	}

}
