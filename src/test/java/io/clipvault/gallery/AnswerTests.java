package io.clipvault.gallery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.clipvault.gallery.catalog.Catalog;
import io.clipvault.gallery.catalog.LiveCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerTests {

	private final Page page = new Page("[]".getBytes(StandardCharsets.UTF_8), null, Duration.ofMinutes(5));

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void writeGivesTheAgeAndThePage(boolean stale) throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new Gallery.Answer(this.page, new LiveCatalog.Snapshot(Catalog.EMPTY, Duration.ofMillis(2_500_999), stale))
			.write(new MockHttpServletRequest(), response);
		assertThat(response.getHeader("Warning")).isNull();
		assertThat(response.getHeader("Age")).isEqualTo("2500");
		assertThat(response.getContentAsString()).isEqualTo("[]");
	}

	@Test
	void writeWhenTheClockWasSetBackGivesNoNegativeAge() throws IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new Gallery.Answer(this.page, new LiveCatalog.Snapshot(Catalog.EMPTY, Duration.ofSeconds(-5), false))
			.write(new MockHttpServletRequest(), response);
		assertThat(response.getHeader("Age")).isEqualTo("0");
	}

}
