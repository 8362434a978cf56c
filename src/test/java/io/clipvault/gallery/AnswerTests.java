package io.clipvault.gallery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerTests {

	private final Page page = new Page("[]".getBytes(StandardCharsets.UTF_8), null, Duration.ofMinutes(5));

	@ParameterizedTest
	@CsvSource({ "false, false,", "true, false, 110 clipvault \"Response is Stale\"",
			"true, true, 111 clipvault \"Revalidation Failed\"", "false, true, 111 clipvault \"Revalidation Failed\"" })
	void writeWhenTheCatalogIsNotAtItsBestWarns(boolean stale, boolean failing, @Nullable String warning)
			throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new Gallery.Answer(this.page,
				new LiveCatalog.Standing(Catalog.NOTHING, Duration.ofMillis(2_500_999), stale, failing))
			.write(new MockHttpServletRequest(), response);
		assertThat(response.getHeader("Warning")).isEqualTo(warning);
		assertThat(response.getHeader("Age")).isEqualTo("2500");
		assertThat(response.getContentAsString()).isEqualTo("[]");
	}

	@Test
	void writeWhenTheClockWasSetBackSaysNoNegativeAge() throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new Gallery.Answer(this.page, new LiveCatalog.Standing(Catalog.NOTHING, Duration.ofSeconds(-5), false, false))
			.write(new MockHttpServletRequest(), response);
		assertThat(response.getHeader("Age")).isEqualTo("0");
	}

}
