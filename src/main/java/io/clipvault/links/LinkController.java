package io.clipvault.links;

import java.util.List;

import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signs links to objects. */
@RestController
@Tag(name = "Links", description = "Links to read or to write an object without a key, for a limited time")
class LinkController {

	private final LinkDesk desk;

	LinkController(LinkDesk desk) {
		this.desk = desk;
	}

	@PostMapping(path = "/links", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sign links to one object or to several",
			description = "With 'key' the answer is the link itself; with 'keys' it is {\"links\": […]} in the same order. "
					+ "A link to read is signed only if the object exists.",
			requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(
					mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = LinkRequest.class),
					examples = { @ExampleObject(name = "Save under a name", value = """
							{"key": "sample/talk_clip_1.mp4", "expires_in": "7d", "download_name": "Übung.mp4"}"""),
							@ExampleObject(name = "Let somebody write", value = """
									{"key": "inbox/talk.mp4", "method": "PUT", "content_type": "video/mp4"}"""),
							@ExampleObject(name = "Many", value = """
									{"keys": ["sample/talk_clip_1.mp4", "sample/talk_clip_2.mp4"]}""") })))
	@ApiResponse(responseCode = "200", description = "The link, or the links",
			content = @Content(schema = @Schema(oneOf = { ShareLink.class, ShareLinks.class })))
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.ROLE_MISSING, ProblemType.KEY_OUT_OF_SCOPE,
			ProblemType.OBJECT_NOT_FOUND, ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.STORE_UNREACHABLE,
			ProblemType.STORE_REFUSED })
	Object link(@Valid @RequestBody LinkRequest request) {
		List<ShareLink> links = this.desk.sign(request);
		return (request.key() != null) ? links.getFirst() : new ShareLinks(links);
	}

}
