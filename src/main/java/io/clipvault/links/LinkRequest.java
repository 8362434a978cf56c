package io.clipvault.links;

import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Asks for links to one object or to many. */
record LinkRequest(
		@Schema(description = "The object; give this or 'keys'",
				example = "sample/talk_clip_1.mp4") @Nullable String key,
		@Schema(description = "Many objects at once; give this or 'key'") @Size(min = 1, max = MOST,
				message = "must hold 1 to 100 keys") @Nullable List<@NotNull String> keys,
		@Schema(description = "From 1s to 7d, or as an ISO duration; 1h when absent",
				example = "1h") @Nullable String expiresIn,
		@Schema(description = "GET to read, PUT to write; GET when absent") @Nullable LinkMethod method,
		@Schema(description = "The name under which a browser saves what it reads", example = "My talk.mp4") @Size(
				min = 1, max = 255, message = "must be 1 to 255 characters long") @Pattern(regexp = "[^\\p{Cntrl}]*",
						message = "must not hold control characters") @Nullable String downloadName,
		@Schema(description = "Whether a browser shows or saves it; saves when a name is given") @Nullable Disposition disposition,
		@Schema(description = "GET: the type the answer claims; PUT: the type that must be sent",
				example = "video/mp4") @Size(max = 255, message = "must be at most 255 characters long") @Pattern(
						regexp = "[\\x20-\\x7E]+/[\\x20-\\x7E]+",
						message = "must be a media type such as video/mp4") @Nullable String contentType) {

	static final int MOST = 100;

	/** The objects asked for, in their order. */
	List<ObjectKey> objects() {
		if (this.key != null && this.keys == null) {
			return List.of(new ObjectKey(this.key));
		}
		if (this.keys != null && this.key == null) {
			return this.keys.stream().map(ObjectKey::new).toList();
		}
		throw new Problem(ProblemType.INVALID_REQUEST, "Give either 'key' or 'keys', and not both.");
	}

}
