package io.clipvault.objects.content;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectReaderTests {

	@ParameterizedTest
	@CsvSource(nullValues = "none", delimiter = '|',
			value = { "public, max-age=60 | none | public, max-age=60",
					"public, max-age=60 | private | private, max-age=60",
					"PUBLIC, s-maxage=9, max-age=60 | private | private, max-age=60", "private | private | private",
					"no-store | private | private, no-store", "none | private | private", "none | none | none" })
	void cacheControlOfAnAnswerThatNeededAKeyNeverLetsAProxyKeepIt(String stored, String asked, String sent) {
		assertThat(ObjectReader.cacheControl(stored, asked)).isEqualTo(sent);
	}

}
