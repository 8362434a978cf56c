package io.clipvault.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The role that each call needs. What is not named here is denied. Paths are matched as
 * Spring MVC matches them, so that no spelling of a path reaches a call by another rule.
 */
@Component
class AccessRules {

	private static final String GET = "GET";

	private static final String POST = "POST";

	private static final String PUT = "PUT";

	private static final String DELETE = "DELETE";

	private static final List<String> ANY = List.of(GET, POST, PUT, DELETE, "PATCH");

	private static final String REFRESH = "refresh";

	/** In the order in which they are tried; the most frequent calls first. */
	private final List<Rule> rules = new ArrayList<>();

	AccessRules(WebEndpointProperties actuator) {
		allow(Role.VIEWER, List.of(GET), "/gallery", "/gallery/{job_id}", "/api/gallery/clips", "/jobs", "/jobs/{id}",
				"/jobs/{id}/events", "/jobs/{id}/files", "/jobs/{id}/artifacts", "/jobs/{id}/artifacts.zip", "/events",
				"/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui.html", "/swagger-ui/**");
		// The keys that a caller may sign are checked when the body is read.
		allow(Role.VIEWER, List.of(POST), "/links");

		allow(Role.PRODUCER, List.of(POST), "/jobs/{id}/artifacts", "/jobs/{id}/completion", "/jobs/{id}/restore",
				"/audio", "/uploads", "/uploads/**");
		allow(Role.PRODUCER, List.of(DELETE), "/jobs/{id}");
		allow(Role.PRODUCER, List.of(GET), "/links/cors");
		allow(Role.PRODUCER, List.of(GET, POST, DELETE), "/uppy/s3/**");
		allow(Role.PRODUCER, List.of(POST), "/uppy/sign");

		allow(Role.ADMIN, List.of(DELETE), "/jobs/{id}/artifacts");
		allow(Role.ADMIN, List.of(PUT), "/links/cors");
		allow(Role.ADMIN, ANY, "/buckets/**");
		allow(Role.ADMIN, List.of(GET), "/storage/report", "/audits", "/audits/{id}");
		allow(Role.ADMIN, List.of(POST), "/audits");

		allow(null, List.of(GET, POST, DELETE), "/session");
		allow(null, List.of(GET), actuator.getBasePath() + "/health/liveness",
				actuator.getBasePath() + "/health/readiness");
		allow(Role.ADMIN, ANY, actuator.getBasePath() + "/**");
	}

	private void allow(@Nullable Role role, List<String> methods, String... paths) {
		for (String path : paths) {
			this.rules.add(new Rule(Set.copyOf(methods), PathPatternParser.defaultInstance.parse(path), role));
		}
	}

	/** The rule for a request; nobody may call what has none. */
	Optional<Rule> find(HttpServletRequest request) {
		String method = "HEAD".equals(request.getMethod()) ? GET : request.getMethod();
		PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
		for (Rule rule : this.rules) {
			if (rule.methods().contains(method) && rule.path().matches(path)) {
				return Optional.of(asksForRefresh(request, rule) ? rule.with(Role.PRODUCER) : rule);
			}
		}
		return Optional.empty();
	}

	/** A refresh costs requests to the store, so it is not for those who only look. */
	private static boolean asksForRefresh(HttpServletRequest request, Rule rule) {
		return rule.role() == Role.VIEWER && request.getQueryString() != null
				&& rule.path().toString().contains("/gallery") && request.getParameter(REFRESH) != null
				&& !"false".equals(request.getParameter(REFRESH));
	}

	/**
	 * Who may make some calls.
	 *
	 * @param role the role that is needed; null if none is
	 */
	record Rule(Set<String> methods, PathPattern path, @Nullable Role role) {

		private Rule with(Role other) {
			return new Rule(this.methods, this.path, other);
		}

	}

}
