package io.clipvault.links;

import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A request for links to one object or to several. */
record LinkRequest(
		@Schema(description = "The key of the object; give this or 'keys'",
				example = "sample/talk_clip_1.mp4") @Nullable String key,
		@Schema(description = "The keys of several objects; give this or 'key'") @Size(min = 1, max = MAX_KEYS,
				message = "must hold 1 to 100 keys") @Nullable List<@NotNull String> keys,
		@Schema(description = "How long the link works: from 1s to 7d, or an ISO duration; 1h if absent",
				example = "1h") @Size(max = 64,
						message = "must be at most 64 characters long") @Nullable String expiresIn,
		@Schema(description = "GET to read, PUT to write; GET if absent") @Nullable LinkMethod method,
		@Schema(description = "The file name under which a browser saves the object", example = "My talk.mp4") @Size(
				min = 1, max = 255, message = "must be 1 to 255 characters long") @Pattern(regexp = "[^\\p{Cntrl}]*",
						message = "must not contain control characters") @Nullable String downloadName,
		@Schema(description = "Whether a browser shows the object or saves it; it saves if a name is given") @Nullable Disposition disposition,
		@Schema(description = "GET: the content type of the answer; PUT: the content type that must be sent",
				example = "video/mp4") @Size(max = 255, message = "must be at most 255 characters long") @Pattern(
						regexp = "[ -.0-~]{1,253}/[ -~]{1,253}",
						message = "must be a media type such as video/mp4") @Nullable String contentType) {

	static final int MAX_KEYS = 100;

	/** The keys in the order of the request. */
	List<ObjectKey> objects() {
		if (this.key != null && this.keys == null) {
			return List.of(parse(this.key));
		}
		if (this.keys != null && this.key == null) {
			return this.keys.stream().map(LinkRequest::parse).toList();
		}
		throw new Problem(ProblemType.INVALID_REQUEST, "Give either 'key' or 'keys', not both.");
	}

	private static ObjectKey parse(String text) {
		ObjectKey key;
		try {
			key = new ObjectKey(text);
		}
		catch (Problem refused) {
			throw new Problem(ProblemType.INVALID_REQUEST, refused.detail(), refused);
		}
		if (key.hasDotSegment()) {
			// A browser resolves such steps before it sends the link, which breaks the
			// signature.
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'%s' has a step '.' or '..', which browsers remove from addresses: copy the object to another key."
						.formatted(text));
		}
		return key;
	}

}
