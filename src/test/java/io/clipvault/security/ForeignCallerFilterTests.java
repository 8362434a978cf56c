package io.clipvault.security;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignCallerFilterTests {

	private static SecuritySettings settings(boolean open, String... hosts) {
		return new SecuritySettings(open, Set.of(hosts), List.of("https://clips.example.org"), List.of(),
				new SecuritySettings.Jwt(null, "roles"));
	}

	private static boolean isAnswered(SecuritySettings settings, Map<String, String> headers) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/gallery");
		headers.forEach(request::addHeader);
		MockFilterChain chain = new MockFilterChain();
		new ForeignCallerFilter(settings, (refused, response, handler, problem) -> new ModelAndView()).doFilter(request,
				new MockHttpServletResponse(), chain);
		return chain.getRequest() != null;
	}

	private static boolean isAnswered(SecuritySettings settings, String host) throws Exception {
		return isAnswered(settings, Map.of("Host", host));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenTheNameIsNotListedIsRefusedAlsoWhenOpen(boolean open) throws Exception {
		assertThat(isAnswered(settings(open), "rebound.example:8080")).isFalse();
		assertThat(isAnswered(settings(open), "127.0.0.1.rebound.example")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.7:8080", "192.168.1.2", "[fd00::7]:8080", "127.0.0.1", "localhost:80" })
	void callWhenTheHostIsAnAddressIsAnsweredSinceOnlyNamesCanBeRebound(String host) throws Exception {
		assertThat(isAnswered(settings(false), host)).isTrue();
	}

	@Test
	void callWhenHostsAreNamedIsAnsweredUnderThose() throws Exception {
		SecuritySettings named = settings(true, "Clips.example.org");
		assertThat(isAnswered(named, "clips.EXAMPLE.org")).isTrue();
		assertThat(isAnswered(named, "clips.example.org:8080")).isTrue();
	}

	@Test
	void callWithoutHostIsAnsweredBecauseEveryBrowserSendsOne() throws Exception {
		assertThat(isAnswered(settings(false), Map.of())).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "same-origin, cors, empty, true", "none, navigate, document, true",
			"cross-site, navigate, document, true", "same-site, cors, empty, false",
			"cross-site, no-cors, image, false", "cross-site, navigate, iframe, false" })
	void callOfAPageWithoutOriginIsJudgedByItsSite(String site, String mode, String destination, boolean answered)
			throws Exception {
		assertThat(isAnswered(settings(false), Map.of("Host", "localhost", "Sec-Fetch-Site", site, "Sec-Fetch-Mode",
				mode, "Sec-Fetch-Dest", destination)))
			.isEqualTo(answered);
	}

	@Test
	void callOfAFrontendIsAnsweredFromAnotherSite() throws Exception {
		assertThat(isAnswered(settings(false), Map.of("Host", "localhost", "Origin", "https://clips.example.org",
				"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors")))
			.isTrue();
	}

	@Test
	void settingsTakeOriginsAndHostsAsBrowsersSendThem() {
		SecuritySettings settings = new SecuritySettings(true, Set.of("Clips.example.org:8080"),
				List.of("https://Clips.Example.org:443/", "http://localhost:5173"), List.of(),
				new SecuritySettings.Jwt(null, "roles"));
		assertThat(settings.frontends()).containsExactly("https://clips.example.org", "http://localhost:5173");
		assertThat(settings.hosts()).containsExactly("clips.example.org");
	}

}
