package io.clipvault.security;

import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.ResponseCookie;

/** The cookie that carries a session. */
final class SessionCookie {

	private static final String NAME = "clipvault";

	/** Browsers take a cookie of this name over https only, and for this host alone. */
	private static final String SECURE_NAME = "__Host-" + NAME;

	private SessionCookie() {
	}

	static Optional<String> read(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		return (cookies == null) ? Optional.empty()
				: Stream.of(cookies)
					.filter((cookie) -> cookie.getName().equals(name(request)))
					.map(Cookie::getValue)
					.findFirst();
	}

	/** The header that sets the cookie; an empty value takes it away. */
	static String set(HttpServletRequest request, String value) {
		return ResponseCookie.from(name(request), value)
			.httpOnly(true)
			.sameSite("Strict")
			.secure(request.isSecure())
			.path("/")
			.maxAge(value.isEmpty() ? 0 : -1)
			.build()
			.toString();
	}

	private static String name(HttpServletRequest request) {
		return request.isSecure() ? SECURE_NAME : NAME;
	}

}
