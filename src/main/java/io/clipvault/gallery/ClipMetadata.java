package io.clipvault.gallery;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the generator wrote about one clip. */
record ClipMetadata(String title, String tiktokDescription, String instagramDescription, double duration) {

	private static final String UNTITLED = "Untitled Clip";

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Reads the clips of a metadata file in their order; refuses what is not such a file.
	 */
	static List<ClipMetadata> read(byte[] json) throws StrangeMetadata {
		JsonNode shorts;
		try {
			shorts = JSON.readTree(json).path("shorts");
		}
		catch (JacksonException notJson) {
			throw new StrangeMetadata("it is not valid JSON", notJson);
		}
		if (!shorts.isArray()) {
			throw new StrangeMetadata("it has no list named 'shorts'", null);
		}
		List<ClipMetadata> clips = new ArrayList<>(shorts.size());
		for (JsonNode clip : shorts) {
			clips.add(of(clip));
		}
		return clips;
	}

	private static ClipMetadata of(JsonNode clip) {
		String title = text(clip, "video_title_for_youtube_short");
		double duration = number(clip, "end") - number(clip, "start");
		return new ClipMetadata(title.isBlank() ? UNTITLED : title, text(clip, "video_description_for_tiktok"),
				text(clip, "video_description_for_instagram"), Math.max(0, duration));
	}

	private static String text(JsonNode clip, String field) {
		JsonNode value = clip.path(field);
		return value.isString() ? value.stringValue() : "";
	}

	private static double number(JsonNode clip, String field) {
		JsonNode value = clip.path(field);
		return value.isNumber() ? value.doubleValue() : 0;
	}

}
