package io.clipvault.links;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DispositionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			talk.mp4        | attachment; filename="talk.mp4"; filename*=UTF-8''talk.mp4
			two words.mp4   | attachment; filename="two words.mp4"; filename*=UTF-8''two%20words.mp4
			Übung.mp4       | attachment; filename="Uebung.mp4"; filename*=UTF-8''%C3%9Cbung.mp4
			视频😀.mp4       | attachment; filename="___.mp4"; filename*=UTF-8''%E8%A7%86%E9%A2%91%F0%9F%98%80.mp4
			a"b\\c;d=e.mp4  | attachment; filename="a\\"b\\\\c;d=e.mp4"; filename*=UTF-8''a%22b%5Cc%3Bd%3De.mp4
			100%.mp4        | attachment; filename="100%.mp4"; filename*=UTF-8''100%25.mp4
			it's*(1)+~.mp4  | attachment; filename="it's*(1)+~.mp4"; filename*=UTF-8''it%27s%2A%281%29+~.mp4
			""")
	void headerGivesTheNameTwice(String fileName, String header) {
		assertThat(Disposition.ATTACHMENT.header(fileName)).isEqualTo(header);
	}

}
