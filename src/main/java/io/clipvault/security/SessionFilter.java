package io.clipvault.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the session of a request without a key; the database is asked only if a call
 * needs a role.
 */
final class SessionFilter extends OncePerRequestFilter {

	private final BrowserSessions<?> sessions;

	SessionFilter(BrowserSessions<?> sessions) {
		this.sessions = sessions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SessionCookie.read(request).ifPresent((cookie) -> {
			var sent = SecurityContextHolder.getDeferredContext();
			SecurityContextHolder.setDeferredContext(SingletonSupplier.of(() -> withSession(sent.get(), cookie)));
		});
		chain.doFilter(request, response);
	}

	private SecurityContext withSession(SecurityContext sent, String cookie) {
		return (sent.getAuthentication() != null) ? sent
				: this.sessions.find(cookie)
					.<SecurityContext>map(
							(session) -> new SecurityContextImpl(CallerAuthentication.byCookie(session.key().caller())))
					.orElse(sent);
	}

}
