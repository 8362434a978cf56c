package io.clipvault.gallery;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Takes the shortest way for the page that people open all day, when it lies ready; all
 * else is left to the controller.
 */
@Component
class ReadyPageMapping extends AbstractHandlerMapping {

	private static final String PATH = "/gallery";

	private final Gallery gallery;

	ReadyPageMapping(Gallery gallery) {
		this.gallery = gallery;
		setOrder(Ordered.HIGHEST_PRECEDENCE);
	}

	@Override
	protected @Nullable Object getHandlerInternal(HttpServletRequest request) {
		if (!request.getMethod().equals("GET") || !request.getServletPath().equals(PATH)
				|| request.getQueryString() != null || !takesAnything(request.getHeader(HttpHeaders.ACCEPT))) {
			return null;
		}
		Gallery.Answer ready = this.gallery.ready(View.DEFAULT);
		if (ready == null) {
			return null;
		}
		ServerHttpObservationFilter.findObservationContext(request)
			.ifPresent((observed) -> observed.setPathPattern(PATH));
		HttpRequestHandler handler = ready::write;
		return handler;
	}

	private static boolean takesAnything(@Nullable String accepted) {
		return accepted == null || accepted.equals("*/*") || accepted.equals("application/json");
	}

}
