package io.clipvault.objects;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.CloseNowException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has the web server cut the connection where an object broke off: a caller would take a
 * quiet end for the object's own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BrokenDownload extends OncePerRequestFilter {

	static final String ATTRIBUTE = BrokenDownload.class.getName();

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(request, response);
		if (request.getAttribute(ATTRIBUTE) instanceof IOException broken) {
			// Or an error page would take the place of the bytes that are missing.
			response.getOutputStream().close();
			throw new CloseNowException("The object broke off", broken);
		}
	}

}
