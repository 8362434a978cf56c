package io.clipvault.jobs.artifacts;

import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stores the mp3 of a directory. */
@RestController
@Tag(name = "Audio", description = "Store the mp3 of a video under a name of your choice")
class AudioController {

	private final Audio audio;

	AudioController(Audio audio) {
		this.audio = audio;
	}

	@PostMapping(path = "/audio", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Store a directory's mp3",
			description = "Answers when the mp3 is in the bucket. An object of the same name is replaced.")
	@ApiResponse(responseCode = "201", description = "Stored")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.DIRECTORY_MISSING,
			ProblemType.DIRECTORY_OUTSIDE_ROOT, ProblemType.NOT_A_DIRECTORY, ProblemType.AUDIO_MISSING,
			ProblemType.AUDIO_AMBIGUOUS, ProblemType.UNUSABLE_FILE_NAME, ProblemType.UPLOAD_TOO_LARGE,
			ProblemType.STORE_UNREACHABLE, ProblemType.STORE_REFUSED })
	AudioObject store(@Valid @RequestBody AudioRequest request) {
		return this.audio.store(request.directory(), request.fileName());
	}

}
