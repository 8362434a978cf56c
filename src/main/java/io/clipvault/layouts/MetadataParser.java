package io.clipvault.layouts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.layouts.Metadata.Flaw;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Parses a metadata file while it streams in, so that large files take no memory. */
public final class MetadataParser {

	static final int MAX_DEPTH = 100;

	static final int MAX_CLIPS = 10_000;

	static final int MAX_TEXT_LENGTH = 10_000;

	private static final String UNTITLED = "Untitled Clip";

	private final JsonFactory json;

	private final long maxBytes;

	public MetadataParser(long maxBytes) {
		this.maxBytes = maxBytes;
		this.json = JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxDocumentLength(maxBytes).build())
			.build();
	}

	/**
	 * Parses the whole document.
	 * @throws IOException if the stream breaks, which says nothing about the document
	 */
	public Metadata parse(InputStream document) throws IOException {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), document)) {
			return new Metadata.Usable(document(parser));
		}
		catch (UnusableMetadata unusable) {
			return unusable.result();
		}
		catch (JacksonIOException broken) {
			throw broken.getCause();
		}
		catch (StreamConstraintsException exceeded) {
			return exceeded(String.valueOf(exceeded.getOriginalMessage()));
		}
		catch (JacksonException notJson) {
			String message = String.valueOf(notJson.getOriginalMessage());
			return message.startsWith("Duplicate")
					? new Metadata.Unusable(Flaw.DUPLICATE_NAME, "it has the same field twice")
					: new Metadata.Unusable(Flaw.NOT_JSON, "it is not valid JSON");
		}
	}

	/** The result for a file whose size alone is too large. */
	public Metadata.Unusable tooLarge() {
		return new Metadata.Unusable(Flaw.TOO_LARGE, "it is larger than %,d bytes".formatted(this.maxBytes));
	}

	private Metadata.Unusable exceeded(String limit) {
		if (limit.contains("depth")) {
			return new Metadata.Unusable(Flaw.TOO_DEEP, "it is nested more than %d levels deep".formatted(MAX_DEPTH));
		}
		return limit.contains("Document length") ? tooLarge()
				: new Metadata.Unusable(Flaw.TOO_LARGE, "one of its values is too long");
	}

	private static List<ClipMetadata> document(JsonParser parser) throws UnusableMetadata {
		if (parser.nextToken() != JsonToken.START_OBJECT) {
			throw new UnusableMetadata(Flaw.NO_SHORTS, "it is not a JSON object with a list named 'shorts'");
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
			throw new UnusableMetadata(Flaw.NOT_JSON, "there is text after its end");
		}
		if (clips == null) {
			throw new UnusableMetadata(Flaw.NO_SHORTS, "it has no list named 'shorts'");
		}
		return List.copyOf(clips);
	}

	private static List<ClipMetadata> shorts(JsonParser parser) throws UnusableMetadata {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			throw new UnusableMetadata(Flaw.WRONG_TYPE, "its 'shorts' is not a list");
		}
		List<ClipMetadata> clips = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (clips.size() == MAX_CLIPS) {
				throw new UnusableMetadata(Flaw.TOO_LARGE, "it names more than %,d clips".formatted(MAX_CLIPS));
			}
			clips.add(clip(parser, "shorts[" + clips.size() + "]"));
		}
		return clips;
	}

	private static ClipMetadata clip(JsonParser parser, String at) throws UnusableMetadata {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw new UnusableMetadata(Flaw.WRONG_TYPE, "its '" + at + "' is not an object");
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

	/** Rounds to the millisecond: 12.3 - 1.1 is 11.200000000000001. */
	private static double seconds(double start, double end) {
		return Math.max(0, Math.round((end - start) * 1000) / 1000.0);
	}

	private static String text(JsonParser parser, String at, String name) throws UnusableMetadata {
		return switch (parser.currentToken()) {
			case VALUE_NULL -> "";
			case VALUE_STRING -> {
				if (parser.getStringLength() > MAX_TEXT_LENGTH) {
					throw new UnusableMetadata(Flaw.TOO_LARGE,
							"its '%s.%s' is longer than %,d characters".formatted(at, name, MAX_TEXT_LENGTH));
				}
				yield withoutLoneSurrogates(parser.getString());
			}
			case null, default -> throw wrongType(at, name, "a text");
		};
	}

	private static double number(JsonParser parser, String at, String name) throws UnusableMetadata {
		return switch (parser.currentToken()) {
			case VALUE_NULL -> 0;
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
				double number = parser.getDoubleValue();
				if (!Double.isFinite(number)) {
					throw wrongType(at, name, "a number of seconds");
				}
				yield number;
			}
			case null, default -> throw wrongType(at, name, "a number of seconds");
		};
	}

	private static UnusableMetadata wrongType(String at, String name, String wanted) {
		return new UnusableMetadata(Flaw.WRONG_TYPE, "its '%s.%s' is not %s".formatted(at, name, wanted));
	}

	/** JSON can escape a lone surrogate, which UTF-8 cannot encode. */
	private static String withoutLoneSurrogates(String text) {
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
