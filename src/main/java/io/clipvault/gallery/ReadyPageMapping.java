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
 * Answers the default page without the controller if the page is ready; the controller
 * answers everything else.
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
		if (!request.getMethod().equals("GET") || !request.getRequestURI().equals(PATH)
				|| request.getQueryString() != null || !acceptsJson(request.getHeader(HttpHeaders.ACCEPT))) {
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

	private static boolean acceptsJson(@Nullable String accept) {
		return accept == null || accept.equals("*/*") || accept.equals("application/json");
	}

}
