package io.clipvault.links;

import io.clipvault.problems.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BrowserTypesTests {

	@ParameterizedTest
	@ValueSource(strings = { "video/mp4", "VIDEO/webm; codecs=vp9", "image/jpeg", "audio/mpeg", "application/json",
			"text/vtt", "application/octet-stream" })
	void requireWhenABrowserOnlyShowsOrSavesItReturnsIt(String type) {
		assertThat(BrowserTypes.require(type)).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "TEXT/HTML; charset=utf-8", "image/svg+xml", " image/SVG+xml",
			"application/xhtml+xml", "text/xml", "text/javascript", "application/pdf", "multipart/x-mixed-replace",
			"x/video/mp4" })
	void requireWhenItCouldRunAsAPageIsRefused(String type) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> BrowserTypes.require(type))
			.withMessageContaining("could run as a page");
	}

}
