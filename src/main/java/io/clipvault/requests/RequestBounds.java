package io.clipvault.requests;

import java.io.IOException;

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
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses a query that is too long, and a content type that is a range of types. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class RequestBounds extends OncePerRequestFilter {

	/** A prefix and a cursor of 1,024 bytes each, percent-encoded. */
	static final int LONGEST_QUERY = 6 << 10;

	private final HandlerExceptionResolver problems;

	RequestBounds(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
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

	private static @Nullable Problem refusal(HttpServletRequest request) {
		String query = request.getQueryString();
		if (query != null && query.length() > LONGEST_QUERY) {
			return new Problem(ProblemType.URI_TOO_LONG,
					"The query has %,d characters, and %,d are allowed: shorten its values.".formatted(query.length(),
							LONGEST_QUERY));
		}
		String type = request.getContentType();
		if (type != null && isRange(type)) {
			// Spring fails on it while it reads the headers of a body.
			return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE,
					"The Content-Type is a range of types: send the one type that the body has.");
		}
		return null;
	}

	private static boolean isRange(String type) {
		try {
			return type.indexOf('*') >= 0 && !MediaType.parseMediaType(type).isConcrete();
		}
		catch (InvalidMediaTypeException noType) {
			return false;
		}
	}

}
