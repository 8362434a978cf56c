package io.clipvault.links;

import java.util.Locale;
import java.util.Set;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * The content types that an object may have for browsers. All others are refused, because
 * the store would serve them as pages that run with its origin.
 */
public final class BrowserTypes {

	private static final Set<String> MEDIA = Set.of("video", "audio", "image");

	private static final Set<String> OTHERS = Set.of("application/json", "application/octet-stream", "application/zip",
			"application/x-subrip", "text/plain", "text/vtt", "text/x-ass");

	/** Images that hold scripts. */
	private static final String SVG = "image/svg";

	private BrowserTypes() {
	}

	/** Returns the type if browsers may get it. */
	public static String require(String contentType) {
		if (!isHarmless(contentType)) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'%s' is not a type that browsers may get, since it could run as a page: use one of video, audio or images (not SVG), or %s."
						.formatted(contentType, String.join(", ", OTHERS.stream().sorted().toList())));
		}
		return contentType;
	}

	/** Whether browsers may get this type. */
	public static boolean isHarmless(String contentType) {
		String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
		return OTHERS.contains(type) || (MEDIA.contains(type.split("/", 2)[0]) && !type.startsWith(SVG));
	}

}
