package io.clipvault.objects.content;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserMetadataTests {

	@ParameterizedTest
	@ValueSource(strings = { "plain", "", "Überblick 🎬", " spaces around ", "=?UTF-8?B?w5w=?=", "=?", "tab\tand\nline",
			"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "a?b=c_d", "ü b ü" })
	void textWhenKeptComesBackExactly(String text) {
		String kept = EncodedWords.encode(text);
		assertThat(kept).matches("[ -~]*");
		assertThat(kept.split(" ")).allSatisfy((word) -> assertThat(word.length()).isLessThanOrEqualTo(75));
		assertThat(EncodedWords.decode(kept)).isEqualTo(text);
	}

	@Test
	void textWhenRandomComesBackExactly() {
		Random random = new Random(6);
		for (int round = 0; round < 2000; round++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(60), 0x20, 0x2FFFF)
				.filter((character) -> Character.isDefined(character)
						&& Character.getType(character) != Character.SURROGATE)
				.forEach(text::appendCodePoint);
			assertThat(EncodedWords.decode(EncodedWords.encode(text.toString()))).isEqualTo(text.toString());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "=?UTF-8?Q?=C3=9Cber_uns?= | Über uns", "=?iso-8859-1?q?=FCber?= | über",
			"=?UTF-8?B?w5w=?= =?UTF-8?B?w5w=?= | ÜÜ", "a =?UTF-8?B?w5w=?= b | a Ü b", "=?UTF-8?B?%%?= | =?UTF-8?B?%%?=",
			"=?none?B?w5w=?= | =?none?B?w5w=?=", "=?UTF-8?Q?=C?= | =?UTF-8?Q?=C?=" })
	void decodeWhenOthersEncoded(String header, String text) {
		assertThat(EncodedWords.decode(header)).isEqualTo(text);
	}

	@Test
	void ofHeadersWhenBytesAreUtf8ReadsThemSo() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("X-Amz-Meta-Size",
				new String("Größe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
		request.addHeader("x-amz-meta-latin", "Gr\u00f6\u00dfe");
		request.addHeader("x-other", "no");
		UserMetadata metadata = UserMetadata.ofHeaders(request);
		assertThat(metadata.values()).containsExactlyInAnyOrderEntriesOf(Map.of("size", "Größe", "latin", "Größe"));
		assertThat(UserMetadata.ofStore(metadata.toStore())).isEqualTo(metadata);
	}

	@Test
	void ofWhenMetadataIsTooLargeOrHasAnInvalidNameIsRefused() {
		assertThat(UserMetadata.of(Map.of("k", "v".repeat(2047))).values()).hasSize(1);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> UserMetadata.of(Map.of("k", "v".repeat(2048))))
			.withMessageContaining("2,049");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> UserMetadata.of(Map.of("a b", "v")))
			.withMessageContaining("'a b'");
	}

}
