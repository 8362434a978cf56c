package io.clipvault.security;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Tells requests of this service's own pages from those that other pages make a browser
 * send. The scheme is not compared, because a proxy in front of the service may terminate
 * TLS.
 */
final class OwnPage {

	static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final String SAME_ORIGIN = "same-origin";

	private OwnPage() {
	}

	/** Whether a browser says that a page of this service sent the request. */
	static boolean sent(HttpServletRequest request) {
		String host = request.getHeader(HttpHeaders.HOST);
		String site = request.getHeader(FETCH_SITE);
		// Browsers do not send this header to plain http addresses of other machines.
		boolean sameSite = (site == null) ? !request.isSecure() && !HostName.isLoopback(host)
				: SAME_ORIGIN.equals(site);
		return sameSite && isOrigin(request.getHeader(HttpHeaders.ORIGIN), host);
	}

	static boolean isOrigin(@Nullable String origin, @Nullable String host) {
		return origin != null && host != null
				&& (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
	}

	static Problem refusal() {
		return new Problem(ProblemType.FOREIGN_CALLER,
				"A change with the session's cookie is accepted only from the service's own pages, by their Origin and 'Sec-Fetch-Site: same-origin': a program sends a key instead.");
	}

}
