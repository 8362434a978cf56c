package io.clipvault.security;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignCallerFilterTests {

	private static boolean answered(SecuritySettings settings, String host) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/gallery");
		request.addHeader("Host", host);
		MockFilterChain chain = new MockFilterChain();
		new ForeignCallerFilter(settings, (refused, response, handler, problem) -> new ModelAndView()).doFilter(request,
				new MockHttpServletResponse(), chain);
		return chain.getRequest() != null;
	}

	@Test
	void callWhenOpenIsAnsweredUnderAnyName() throws Exception {
		SecuritySettings open = new SecuritySettings(true, Set.of(), List.of());
		assertThat(answered(open, "anything.example:8080")).isTrue();
	}

	@Test
	void callWhenHostsAreNamedIsAnsweredUnderThoseAndAsLocalhost() throws Exception {
		SecuritySettings named = new SecuritySettings(true, Set.of("Clips.example.org"), List.of());
		assertThat(answered(named, "clips.EXAMPLE.org")).isTrue();
		assertThat(answered(named, "clips.example.org:8080")).isTrue();
		assertThat(answered(named, "127.0.0.1:8080")).isTrue();
		assertThat(answered(named, "rebound.example:8080")).isFalse();
	}

	@Test
	void settingsTakeOriginsAndHostsAsBrowsersSendThem() {
		SecuritySettings settings = new SecuritySettings(true, Set.of("Clips.example.org:8080"),
				List.of("https://Clips.Example.org:443/", "http://localhost:5173"));
		assertThat(settings.frontends()).containsExactly("https://clips.example.org", "http://localhost:5173");
		assertThat(settings.hosts()).containsExactly("clips.example.org");
	}

}
