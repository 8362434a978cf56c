package io.clipvault.security;

import java.io.IOException;
import java.util.Set;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests that foreign pages make a browser send: with a {@code Host} that is
 * not this service (DNS rebinding), with an {@code Origin} that is not configured, or
 * with a {@code Sec-Fetch-Site} that says so.
 */
final class ForeignCallerFilter extends OncePerRequestFilter {

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private final SecuritySettings settings;

	private final HandlerExceptionResolver problems;

	ForeignCallerFilter(SecuritySettings settings, HandlerExceptionResolver problems) {
		this.settings = settings;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String refusal = refusal(request);
		if (refusal == null) {
			chain.doFilter(request, response);
		}
		else {
			this.problems.resolveException(request, response, null, new Problem(ProblemType.FOREIGN_CALLER, refusal));
		}
	}

	private @Nullable String refusal(HttpServletRequest request) {
		String host = request.getHeader(HttpHeaders.HOST);
		if (!isAllowedHost(host)) {
			return "The Host '%s' is not this service: call localhost or an IP address, or name the host in clipvault.security.hosts."
				.formatted(host);
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null) {
			return (OwnPage.isOrigin(origin, host) || this.settings.frontends().contains(origin)) ? null
					: "The Origin '%s' is not this service's own: add it to clipvault.security.frontends if it is yours."
						.formatted(origin);
		}
		String site = request.getHeader(OwnPage.FETCH_SITE);
		if (site != null && !OWN.contains(site) && !isNavigation(request)) {
			return "A page of another site made the browser send this ('Sec-Fetch-Site: %s'): call from the service's own pages, or from a page whose origin is in clipvault.security.frontends, with mode 'cors'."
				.formatted(site);
		}
		return null;
	}

	/** Only a browser's request has to be checked, and every browser sends a host. */
	private boolean isAllowedHost(@Nullable String host) {
		return host == null || HostName.isLoopback(host) || HostName.isAddress(host)
				|| this.settings.hosts().contains(HostName.withoutPort(host));
	}

	/** A person followed a link to this service. */
	private static boolean isNavigation(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
				&& "document".equals(request.getHeader("Sec-Fetch-Dest"));
	}

}
