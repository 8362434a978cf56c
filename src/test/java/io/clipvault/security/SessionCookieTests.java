package io.clipvault.security;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCookieTests {

	private static MockHttpServletRequest request(boolean secure) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSecure(secure);
		return request;
	}

	@Test
	void cookieOverHttpsIsBoundToThisHost() {
		assertThat(SessionCookie.set(request(true), "a.b"))
			.isEqualTo("__Host-clipvault=a.b; Path=/; Secure; HttpOnly; SameSite=Strict");
	}

	@Test
	void cookieOverHttpHasNoPrefixSinceBrowsersWouldRefuseIt() {
		assertThat(SessionCookie.set(request(false), "a.b"))
			.isEqualTo("clipvault=a.b; Path=/; HttpOnly; SameSite=Strict");
	}

	@Test
	void cookieThatIsTakenAwayExpiresAtOnce() {
		assertThat(SessionCookie.set(request(false), "")).contains("Max-Age=0");
	}

	@Test
	void readOverHttpsIgnoresTheNameWithoutPrefixWhichAnybodyOnTheNetworkMaySet() {
		MockHttpServletRequest request = request(true);
		request.setCookies(new Cookie("clipvault", "planted"), new Cookie("__Host-clipvault", "own"));
		assertThat(SessionCookie.read(request)).hasValue("own");
	}

}
