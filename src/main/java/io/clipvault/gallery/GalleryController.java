package io.clipvault.gallery;

import java.util.List;

import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The gallery over HTTP. */
@RestController
@Tag(name = "Gallery", description = "Watch the clips that are in the bucket")
class GalleryController {

	private static final String LIMIT = "must be from 1 to 500";

	private final Gallery gallery;

	GalleryController(Gallery gallery) {
		this.gallery = gallery;
	}

	@GetMapping(path = "/gallery", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "The newest clips", description = "Each with a link that plays it for two hours.")
	@ApiResponse(responseCode = "200", description = "The clips, newest first")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	List<Clip> clips(
			@Parameter(description = "How many at the most") @RequestParam(defaultValue = "50") @Min(value = 1,
					message = LIMIT) @Max(value = 500, message = LIMIT) int limit,
			@Parameter(description = "Read the bucket again first") @RequestParam(
					defaultValue = "false") boolean refresh) {
		return this.gallery.newest(limit, refresh);
	}

}
