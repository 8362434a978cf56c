package io.clipvault.uploads;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeNameTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			talk.mp4,                       talk,               .mp4
			My talk (final).MP4,            My-talk-final,      .mp4
			talk_clip_1.mp4,                talk_clip_1,        .mp4
			my talk_metadata.json,          my-talk_metadata,   .json
			Übung café.mp4,                 Ubung-cafe,         .mp4
			视频.mp4,                        file,               .mp4
			../../etc/passwd,               passwd,             ''
			..\\..\\windows\\win.ini,       win,                .ini
			/absolute/name.mp4,             name,               .mp4
			a/..,                           file,               ''
			...,                            file,               ''
			.htaccess,                      file,               .htaccess
			-rf.mp4,                        rf,                 .mp4
			archive.tar.gz,                 archive.tar,        .gz
			no extension,                   no-extension,       ''
			a.not-an-extension,             a.not-an-extension, ''
			😀🎬.mp4,                        file,               .mp4
			${filename}.mp4,                filename,           .mp4
			""")
	void ofKeepsWhatIsHarmless(String fileName, String base, String extension) {
		assertThat(SafeName.of(fileName)).isEqualTo(new SafeName(base, extension));
	}

	@Test
	void ofWhenNameIsLongCutsItOnlyAboveTheBound() {
		String base = "a".repeat(189) + "_clip_1";
		assertThat(SafeName.of(base + ".mp4")).isEqualTo(new SafeName(base, ".mp4"));
		assertThat(SafeName.of("a" + base + ".mp4")).isEqualTo(new SafeName("a".repeat(190) + "_clip_", ".mp4"));
		assertThat(SafeName.of("a".repeat(201))).isEqualTo(new SafeName("a".repeat(200), ""));
	}

	@Test
	void ofWhenNamesAreRandomLetsNothingElseThrough() {
		Random random = new Random(20261120);
		Stream.generate(() -> name(random))
			.limit(10_000)
			.map(SafeName::of)
			.forEach((name) -> assertThat(name.base() + "-a1b2c3d4" + name.extension())
				.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}-[a-z0-9]{8}(\\.[a-z0-9]{1,16})?"));
	}

	/** Random code points; characters with a meaning in paths and shells are frequent. */
	private static String name(Random random) {
		String favourites = "../\\.-_~:;*?\"'<>|%00\0\r\n\t ${}&=+#\u202e\u0301\ud83d";
		StringBuilder name = new StringBuilder();
		int length = 1 + random.nextInt(300);
		while (name.length() < length) {
			switch (random.nextInt(4)) {
				case 0 -> name.append(favourites.charAt(random.nextInt(favourites.length())));
				case 1 -> name.append((char) ('a' + random.nextInt(26)));
				case 2 -> name.append((char) random.nextInt(0x10000));
				default -> name.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
			}
		}
		return name.toString();
	}

}
