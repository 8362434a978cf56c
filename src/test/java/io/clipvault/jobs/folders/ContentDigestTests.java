package io.clipvault.jobs.folders;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentDigestTests {

	private static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	private static final long GIBIBYTE = 1L << 30;

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "0", HASH + "-", HASH + "-0", HASH + "--5", HASH + "-1", HASH + "-100000",
			HASH + "-9223372036854775808", HASH + "-99999999999999999999", "E3B0", HASH + " " })
	void partSizeOfWhenTheTextIsNotOfThisServiceIsUnknown(String text) {
		assertThat(ContentDigest.partSizeOf(text, GIBIBYTE)).isEmpty();
	}

	@Test
	void partSizeOfWhenTheTextIsOfThisServiceIsTheOneItWasSentWith() {
		assertThat(ContentDigest.partSizeOf(HASH, GIBIBYTE)).hasValue(ContentDigest.WHOLE);
		assertThat(ContentDigest.partSizeOf(HASH + "-8388608", GIBIBYTE)).hasValue(8388608);
		assertThat(ContentDigest.partSizeOf(null, GIBIBYTE)).isEmpty();
	}

	@Test
	void partSizeOfAllowsAsManyPartsAsAStoreTakes() {
		assertThat(ContentDigest.partSizeOf(HASH + "-5", 50_000)).hasValue(5);
		assertThat(ContentDigest.partSizeOf(HASH + "-5", 50_001)).isEmpty();
	}

}
