package io.clipvault.gallery;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.gallery.Metadata.Flaw;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a metadata file as it streams in, so that its size never has to fit into memory.
 */
final class MetadataDocument {

	static final int DEEPEST = 100;

	static final int MOST_CLIPS = 10_000;

	static final int LONGEST_TEXT = 10_000;

	private static final String UNTITLED = "Untitled Clip";

	private final JsonFactory json;

	private final long largest;

	MetadataDocument(long largest) {
		this.largest = largest;
		this.json = JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxDocumentLength(largest).build())
			.build();
	}

	/** Reads the whole document; what is wrong with it comes back as its flaw. */
	Metadata read(InputStream document) throws IOException {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), document)) {
			return new Metadata.Usable(read(parser));
		}
		catch (StrangeMetadata strange) {
			return strange.found();
		}
		catch (JacksonIOException broken) {
			throw broken.getCause();
		}
		catch (StreamConstraintsException beyond) {
			return beyond(String.valueOf(beyond.getOriginalMessage()));
		}
		catch (JacksonException notJson) {
			String told = String.valueOf(notJson.getOriginalMessage());
			return told.startsWith("Duplicate")
					? new Metadata.Strange(Flaw.DUPLICATE_NAME, "it names the same field twice")
					: new Metadata.Strange(Flaw.NOT_JSON, "it is not valid JSON");
		}
	}

	Metadata.Strange tooLarge() {
		return new Metadata.Strange(Flaw.TOO_LARGE, "it is larger than %,d bytes".formatted(this.largest));
	}

	private Metadata.Strange beyond(String told) {
		if (told.contains("depth")) {
			return new Metadata.Strange(Flaw.TOO_DEEP, "it is nested more than %d levels deep".formatted(DEEPEST));
		}
		return told.contains("Document length") ? tooLarge()
				: new Metadata.Strange(Flaw.TOO_LARGE, "one of its values is too long");
	}

	private static List<ClipMetadata> read(JsonParser parser) throws StrangeMetadata {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new StrangeMetadata(Flaw.NO_SHORTS, "it is not a JSON object with a list named 'shorts'");
		}
		List<ClipMetadata> clips = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if (name.equals("shorts")) {
				clips = shorts(parser);
			}
			parser.skipChildren();
		}
		if (parser.nextToken() != null) {
			throw new StrangeMetadata(Flaw.NOT_JSON, "it goes on after its end");
		}
		if (clips == null) {
			throw new StrangeMetadata(Flaw.NO_SHORTS, "it has no list named 'shorts'");
		}
		return List.copyOf(clips);
	}

	private static List<ClipMetadata> shorts(JsonParser parser) throws StrangeMetadata {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw new StrangeMetadata(Flaw.WRONG_TYPE, "its 'shorts' is not a list");
		}
		List<ClipMetadata> clips = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (clips.size() == MOST_CLIPS) {
				throw new StrangeMetadata(Flaw.TOO_LARGE, "it names more than %,d clips".formatted(MOST_CLIPS));
			}
			clips.add(clip(parser, "shorts[" + clips.size() + "]"));
		}
		return clips;
	}

	private static ClipMetadata clip(JsonParser parser, String at) throws StrangeMetadata {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw new StrangeMetadata(Flaw.WRONG_TYPE, "its '" + at + "' is not an object");
		}
		String title = "";
		String tiktok = "";
		String instagram = "";
		double start = 0;
		double end = 0;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			switch (name) {
				case "video_title_for_youtube_short" -> title = text(parser, at, name);
				case "video_description_for_tiktok" -> tiktok = text(parser, at, name);
				case "video_description_for_instagram" -> instagram = text(parser, at, name);
				case "start" -> start = number(parser, at, name);
				case "end" -> end = number(parser, at, name);
				default -> parser.skipChildren();
			}
		}
		return new ClipMetadata(title.isBlank() ? UNTITLED : title, tiktok, instagram, seconds(start, end));
	}

	/** To the millisecond: 12.3 - 1.1 would otherwise be 11.200000000000001. */
	private static double seconds(double start, double end) {
		return Math.max(0, Math.round((end - start) * 1000) / 1000.0);
	}

	private static String text(JsonParser parser, String at, String name) throws StrangeMetadata {
		return switch (parser.currentToken()) {
			case VALUE_NULL -> "";
			case VALUE_STRING -> {
				if (parser.getStringLength() > LONGEST_TEXT) {
					throw new StrangeMetadata(Flaw.TOO_LARGE,
							"its '%s.%s' is longer than %,d characters".formatted(at, name, LONGEST_TEXT));
				}
				yield whole(parser.getString());
			}
			case null, default -> throw wrong(at, name, "a text");
		};
	}

	private static double number(JsonParser parser, String at, String name) throws StrangeMetadata {
		return switch (parser.currentToken()) {
			case VALUE_NULL -> 0;
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
				double number = parser.getDoubleValue();
				if (!Double.isFinite(number)) {
					throw wrong(at, name, "a number of seconds");
				}
				yield number;
			}
			case null, default -> throw wrong(at, name, "a number of seconds");
		};
	}

	private static StrangeMetadata wrong(String at, String name, String wanted) {
		return new StrangeMetadata(Flaw.WRONG_TYPE, "its '%s.%s' is not %s".formatted(at, name, wanted));
	}

	/** Half a surrogate pair, which JSON can escape, could not be written as UTF-8. */
	private static String whole(String text) {
		StringBuilder repaired = null;
		for (int at = 0; at < text.length(); at++) {
			boolean pair = Character.isHighSurrogate(text.charAt(at)) && at + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(at + 1));
			if (pair) {
				at++;
			}
			else if (Character.isSurrogate(text.charAt(at))) {
				repaired = (repaired != null) ? repaired : new StringBuilder(text);
				repaired.setCharAt(at, '\uFFFD');
			}
		}
		return (repaired != null) ? repaired.toString() : text;
	}

}
