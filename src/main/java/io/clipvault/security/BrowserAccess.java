package io.clipvault.security;

import java.time.Duration;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** CORS for the pages of the configured frontends. */
@Configuration(proxyBeanMethods = false)
class BrowserAccess {

	private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(1);

	@Bean
	CorsConfigurationSource corsConfigurationSource(SecuritySettings settings) {
		CorsConfiguration frontends = new CorsConfiguration();
		frontends.setAllowedOrigins(settings.frontends());
		frontends.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
		frontends.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		frontends.setExposedHeaders(List.of(HttpHeaders.ETAG, HttpHeaders.LINK, HttpHeaders.LOCATION,
				HttpHeaders.RETRY_AFTER, HttpHeaders.AGE, HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_RANGE));
		frontends.setMaxAge(PREFLIGHT_MAX_AGE);
		// The service's own pages need no CORS. Behind a TLS proxy Spring takes
		// them for foreign, because the scheme differs.
		return (request) -> ForeignCallerFilter.isSameHost(request.getHeader(HttpHeaders.ORIGIN),
				request.getHeader(HttpHeaders.HOST)) ? null : frontends;
	}

	/** Runs right after the filter that refuses foreign origins. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	CorsFilter corsFilter(CorsConfigurationSource corsConfigurationSource) {
		return new CorsFilter(corsConfigurationSource);
	}

}
