package io.clipvault.security;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.filter.OncePerRequestFilter;

/** Writes a line for every change: who, what, and how it ended. */
final class AuditLog extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger("clipvault.audit");

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private static final int LONGEST_PATH = 500;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (READING.contains(request.getMethod())) {
			chain.doFilter(request, response);
			return;
		}
		boolean answered = false;
		try {
			chain.doFilter(request, response);
			answered = true;
		}
		finally {
			log.info("{} from {}: {} {} {}", Caller.current(), request.getRemoteAddr(), request.getMethod(),
					path(request), answered ? response.getStatus() : "failed");
		}
	}

	/** The path without the query, which may hold what nobody else is to read. */
	private static String path(HttpServletRequest request) {
		String path = request.getRequestURI();
		return (path.length() <= LONGEST_PATH) ? path : path.substring(0, LONGEST_PATH) + "…";
	}

}
