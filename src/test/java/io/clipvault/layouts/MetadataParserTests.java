package io.clipvault.layouts;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.clipvault.layouts.Metadata.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MetadataParserTests {

	private final MetadataParser parser = new MetadataParser(100_000);

	@Test
	void parseWhenAllIsThereGivesTheClipsInTheirOrder() throws IOException {
		assertThat(parse("""
				{"cost": {"total": [1, {"a": 2}]},
				 "shorts": [
				  {"start": 1.1, "end": 12.3, "video_title_for_youtube_short": "One", "extra": {"x": []},
				   "video_description_for_tiktok": "t1", "video_description_for_instagram": "i1"},
				  {"start": 5, "end": 9, "video_title_for_youtube_short": "Two",
				   "video_description_for_tiktok": "t2", "video_description_for_instagram": "i2"}],
				 "transcript": "…"}""").clips()).containsExactly(new ClipMetadata("One", "t1", "i1", 11.2),
				new ClipMetadata("Two", "t2", "i2", 4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"start\": null, \"end\": null, \"video_title_for_youtube_short\": null}",
			"{\"video_title_for_youtube_short\": \" \", \"start\": 5, \"end\": 2}" })
	void parseWhenFieldsAreMissingOrNullGivesTheirDefaults(String clip) throws IOException {
		assertThat(parse("{\"shorts\": [" + clip + "]}").clips())
			.containsExactly(new ClipMetadata("Untitled Clip", "", "", 0));
	}

	@Test
	void parseWhenThereAreNoClipsGivesNone() throws IOException {
		assertThat(parse("{\"shorts\": []}")).isEqualTo(new Metadata.Usable(List.of()));
	}

	@Test
	void parseWhenItBeginsWithAByteOrderMarkReadsOn() throws IOException {
		assertThat(parse("\uFEFF{\"shorts\": [{\"video_title_for_youtube_short\": \"Été\"}]}").clips())
			.extracting(ClipMetadata::title)
			.containsExactly("Été");
	}

	@Test
	void parseWhenATextHasALoneSurrogateReplacesIt() throws IOException {
		assertThat(parse("{\"shorts\": [{\"video_title_for_youtube_short\": \"a\\ud83d b\\ud83d\\ude00\\ude00\"}]}")
			.clips()).extracting(ClipMetadata::title).containsExactly("a\uFFFD b\uD83D\uDE00\uFFFD");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "`` | NO_SHORTS", "`not json` | NOT_JSON", "`{\"shorts\": [` | NOT_JSON",
					"`{\"shorts\": []} more` | NOT_JSON", "`{\"shorts\": [{\"start\": NaN}]}` | NOT_JSON",
					"`{\"other\": NaN, \"shorts\": []}` | NOT_JSON",
					"`{\"shorts\": [{\"start\": 1e999}]}` | WRONG_TYPE",
					"`{\"a\": 1, \"a\": 2, \"shorts\": []}` | DUPLICATE_NAME",
					"`{\"shorts\": [{\"end\": 1, \"end\": 2}]}` | DUPLICATE_NAME",
					"`{\"shorts\": [], \"shorts\": []}` | DUPLICATE_NAME", "`{}` | NO_SHORTS", "`[]` | NO_SHORTS",
					"`null` | NO_SHORTS", "`\"shorts\"` | NO_SHORTS", "`{\"shorts\": {}}` | WRONG_TYPE",
					"`{\"shorts\": null}` | WRONG_TYPE", "`{\"shorts\": [1]}` | WRONG_TYPE",
					"`{\"shorts\": [[]]}` | WRONG_TYPE", "`{\"shorts\": [{\"start\": \"1\"}]}` | WRONG_TYPE",
					"`{\"shorts\": [{\"video_title_for_youtube_short\": 7}]}` | WRONG_TYPE",
					"`{\"shorts\": [{\"video_description_for_tiktok\": {}}]}` | WRONG_TYPE" })
	void parseWhenUnusableNamesTheFlaw(String json, Flaw flaw) throws IOException {
		assertThat(flaw(json)).isEqualTo(flaw);
	}

	@Test
	void parseWhenBytesAreNotUtf8IsNotJson() throws IOException {
		byte[] latin = "{\"shorts\": [{\"video_title_for_youtube_short\": \"\u00e9t\u00e9\"}]}"
			.getBytes(StandardCharsets.ISO_8859_1);
		assertThat(this.parser.parse(new ByteArrayInputStream(latin))).isInstanceOfSatisfying(Metadata.Unusable.class,
				(found) -> assertThat(found.flaw()).isEqualTo(Flaw.NOT_JSON));
	}

	@Test
	void parseWhenNestedAtTheBoundIsReadAndBeyondItIsUnusable() throws IOException {
		assertThat(parse(nested(MetadataParser.MAX_DEPTH - 1))).isInstanceOf(Metadata.Usable.class);
		assertThat(flaw(nested(MetadataParser.MAX_DEPTH))).isEqualTo(Flaw.TOO_DEEP);
		assertThat(flaw(nested(40_000))).isEqualTo(Flaw.TOO_DEEP);
	}

	@Test
	void parseWhenTextsAreAtTheBoundAreReadAndBeyondItIsUnusable() throws IOException {
		assertThat(parse(titled(MetadataParser.MAX_TEXT_LENGTH))).isInstanceOf(Metadata.Usable.class);
		assertThat(flaw(titled(MetadataParser.MAX_TEXT_LENGTH + 1))).isEqualTo(Flaw.TOO_LARGE);
	}

	@Test
	void parseWhenClipsAreAtTheBoundAreReadAndBeyondItIsUnusable() throws IOException {
		assertThat(parse(clips(MetadataParser.MAX_CLIPS)).clips()).hasSize(MetadataParser.MAX_CLIPS);
		assertThat(flaw(clips(MetadataParser.MAX_CLIPS + 1))).isEqualTo(Flaw.TOO_LARGE);
	}

	@Test
	void parseWhenTheDocumentGrowsBeyondTheBoundStopsReading() throws IOException {
		assertThat(flaw("{\"shorts\": [], \"transcript\": [" + "\"word\",".repeat(20_000) + "1]}"))
			.isEqualTo(Flaw.TOO_LARGE);
	}

	@Test
	void parseWhenTheStreamBreaksThrows() {
		InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
			@Override
			public int read(byte[] into, int offset, int length) throws IOException {
				throw new IOException("reset");
			}
		};
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.parser.parse(broken)).withMessage("reset");
	}

	private Metadata parse(String json) throws IOException {
		return this.parser.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
	}

	private Flaw flaw(String json) throws IOException {
		Metadata metadata = parse(json);
		assertThat(metadata).isInstanceOf(Metadata.Unusable.class);
		assertThat(metadata.clips()).isEmpty();
		return ((Metadata.Unusable) metadata).flaw();
	}

	private static String nested(int levels) {
		return "{\"shorts\": [], \"deep\": " + "[".repeat(levels) + "]".repeat(levels) + "}";
	}

	private static String titled(int length) {
		return "{\"shorts\": [{\"video_title_for_youtube_short\": \"" + "x".repeat(length) + "\"}]}";
	}

	private static String clips(int count) {
		return "{\"shorts\": [{}" + ",{}".repeat(count - 1) + "]}";
	}

}
