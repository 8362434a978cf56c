package io.clipvault.uploads;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.clipvault.requests.LargestBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls that {@code @uppy/aws-s3} makes to its companion or in {@code signRequest}.
 */
@RestController
@RequestMapping(path = "/uppy", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Uppy", description = "Uploads with the released @uppy/aws-s3; set its companionEndpoint to {service}/uppy")
class UppyController {

	private static final String ID = "The uploadId of the upload";

	private static final String KEY = "The key of the upload";

	private static final String UPLOAD = "/s3/multipart/{id}";

	private final UploadKeys keys;

	private final UploadForms forms;

	private final OpenUploads uploads;

	private final UppySigner signer;

	UppyController(UploadKeys keys, UploadForms forms, OpenUploads uploads, UppySigner signer) {
		this.keys = keys;
		this.forms = forms;
		this.uploads = uploads;
		this.signer = signer;
	}

	@GetMapping("/s3/params")
	@Operation(summary = "Sign a form that uploads a whole file")
	@ApiResponse(responseCode = "200", description = "The form")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.STORE_CANNOT, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	UppyUpload.Form params(
			@Parameter(example = "talk.mp4") @RequestParam @NotBlank @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String filename,
			@Parameter(example = "video/mp4") @RequestParam(required = false) @Size(max = 255,
					message = UploadRequest.CONTENT_TYPE) @Pattern(regexp = UploadRequest.MEDIA_TYPE,
							message = UploadRequest.CONTENT_TYPE) @Nullable String type,
			@Parameter(description = "A folder inside the directory of uploads", example = "talk") @RequestParam(
					name = "metadata[directory]",
					required = false) @Size(max = 700, message = UploadRequest.DIRECTORY) @Nullable String directory) {
		UploadForm form = this.forms.form(this.keys.next(filename, directory), type, null);
		return new UppyUpload.Form("POST", form.url(), form.fields(), this.signer.lifetime().toSeconds());
	}

	@PostMapping(path = "/s3/multipart", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Begin an upload in parts", description = "The service chooses the key.")
	@ApiResponse(responseCode = "200", description = "The upload")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	UppyUpload.Begun begin(@Valid @RequestBody UppyUpload.Begin request) {
		UploadKey key = this.keys.next(request.filename(), request.directory());
		return new UppyUpload.Begun(key.value(), this.uploads.begin(key, request.type()).id(), this.signer.bucket());
	}

	@GetMapping(UPLOAD)
	@Operation(summary = "List the parts that the store has",
			description = "A resumed upload need not send them again.")
	@ApiResponse(responseCode = "200", description = "The parts")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UPLOAD_FORBIDDEN, ProblemType.UPLOAD_NOT_FOUND,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	List<Part> parts(@Parameter(description = ID) @PathVariable String id,
			@Parameter(description = KEY) @RequestParam @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String key) {
		return this.uploads.parts(this.uploads.require(this.keys.require(key), id));
	}

	@GetMapping(UPLOAD + "/{part}")
	@Operation(summary = "Sign the address of one part")
	@ApiResponse(responseCode = "200", description = "The signed address")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UPLOAD_FORBIDDEN, ProblemType.UPLOAD_NOT_FOUND,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	UppyUpload.PartAddress part(@Parameter(description = ID) @PathVariable String id,
			@Parameter(example = "1") @PathVariable @Min(value = 1, message = "must be from 1 to 10,000") @Max(
					value = OpenUploads.MAX_PARTS, message = "must be from 1 to 10,000") int part,
			@Parameter(description = KEY) @RequestParam @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String key) {
		this.uploads.requireTaken(part);
		return new UppyUpload.PartAddress(this.signer.part(this.uploads.require(this.keys.require(key), id), part),
				this.signer.lifetime().toSeconds());
	}

	@LargestBody(megabytes = 1)
	@PostMapping(path = UPLOAD + "/complete", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Complete an upload")
	@ApiResponse(responseCode = "200", description = "The object")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UPLOAD_FORBIDDEN, ProblemType.UPLOAD_NOT_FOUND,
			ProblemType.UPLOAD_PARTS_DIFFER, ProblemType.UPLOAD_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	UppyUpload.Completed complete(@Parameter(description = ID) @PathVariable String id,
			@Parameter(description = KEY) @RequestParam @Size(max = 1024, message = UploadRequest.FILE_NAME) String key,
			@Valid @RequestBody UppyUpload.Complete request) {
		UploadKey uploadKey = this.keys.require(key);
		this.uploads.complete(this.uploads.require(uploadKey, id), request.parts());
		return new UppyUpload.Completed(this.signer.address(uploadKey), key, this.signer.bucket());
	}

	@DeleteMapping(UPLOAD)
	@Operation(summary = "Abort an upload", description = "The store deletes its parts.")
	@ApiResponse(responseCode = "200", description = "Aborted")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UPLOAD_FORBIDDEN, ProblemType.UPLOAD_NOT_FOUND,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	Map<String, String> abort(@Parameter(description = ID) @PathVariable String id,
			@Parameter(description = KEY) @RequestParam @Size(max = 1024,
					message = UploadRequest.FILE_NAME) String key) {
		this.uploads.abort(this.uploads.require(this.keys.require(key), id));
		return Map.of();
	}

	@PostMapping(path = "/sign", consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sign one call of an upload",
			description = "For Uppy's signRequest: pass its argument on and return the answer.")
	@ApiResponse(responseCode = "200", description = "The signed call")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UPLOAD_FORBIDDEN, ProblemType.UPLOAD_NOT_FOUND,
			ProblemType.UPLOAD_TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_CANNOT,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	UppySign.Signed sign(@Valid @RequestBody UppySign call) {
		return (call.uploadId() == null) ? first(call) : following(call, call.uploadId());
	}

	private UppySign.Signed first(UppySign call) {
		return switch (call.method()) {
			case PUT -> {
				UploadForm form = this.forms.form(this.keys.next(call.key(), call.directory()), call.contentType(),
						null);
				yield new UppySign.Signed(form.url(), form.key(), form.fields());
			}
			case POST -> {
				UploadKey key = this.keys.next(call.key(), call.directory());
				yield new UppySign.Signed(this.signer.begin(key), key.value(), null);
			}
			case GET, DELETE -> throw new Problem(ProblemType.INVALID_REQUEST,
					"%s is signed only for an upload in parts: send its 'uploadId'.".formatted(call.method()));
		};
	}

	private UppySign.Signed following(UppySign call, String id) {
		OpenUploads.Upload upload = this.uploads.require(this.keys.require(call.key()), id);
		return switch (call.method()) {
			case PUT -> {
				if (call.partNumber() == null) {
					throw new Problem(ProblemType.INVALID_REQUEST,
							"'partNumber' is missing: send the number of the part, from 1 to 10,000.");
				}
				this.uploads.requireTaken(call.partNumber());
				yield signed(this.signer.part(upload, call.partNumber()));
			}
			case GET -> signed(this.signer.parts(upload));
			case POST -> {
				this.uploads.requireAllowedSize(upload);
				yield signed(this.signer.complete(upload));
			}
			case DELETE -> signed(this.signer.abort(upload));
		};
	}

	private static UppySign.Signed signed(URI url) {
		return new UppySign.Signed(url, null, null);
	}

}
