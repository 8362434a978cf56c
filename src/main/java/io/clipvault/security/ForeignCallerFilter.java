package io.clipvault.security;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests that foreign pages make a browser send: with an {@code Origin} that is
 * not configured, or with a {@code Host} that is not this service (DNS rebinding).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ForeignCallerFilter extends OncePerRequestFilter {

	private static final Pattern LOOPBACK = Pattern
		.compile("(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])");

	private final SecuritySettings settings;

	private final HandlerExceptionResolver problems;

	ForeignCallerFilter(SecuritySettings settings,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		this.settings = settings;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Problem refusal = refusal(request);
		if (refusal == null) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.resolveException(request, response, null, refusal);
		}
	}

	private @Nullable Problem refusal(HttpServletRequest request) {
		String host = request.getHeader(HttpHeaders.HOST);
		if (!isAllowedHost(host)) {
			return new Problem(ProblemType.FOREIGN_CALLER,
					"The Host '%s' is not this service: call 127.0.0.1 or localhost, or name the host in clipvault.security.hosts."
						.formatted(host));
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null && !isSameHost(origin, host) && !this.settings.frontends().contains(origin)) {
			return new Problem(ProblemType.FOREIGN_CALLER,
					"The Origin '%s' is not this service's own: add it to clipvault.security.frontends if it is yours."
						.formatted(origin));
		}
		return null;
	}

	private boolean isAllowedHost(@Nullable String host) {
		if (this.settings.open() && this.settings.hosts().isEmpty()) {
			return true;
		}
		if (host == null) {
			return false;
		}
		String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
		return LOOPBACK.matcher(name).matches() || this.settings.hosts().contains(name);
	}

	/** Ignores the scheme, because a proxy in front of the service may terminate TLS. */
	static boolean isSameHost(@Nullable String origin, @Nullable String host) {
		return origin != null && host != null
				&& (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host));
	}

}
