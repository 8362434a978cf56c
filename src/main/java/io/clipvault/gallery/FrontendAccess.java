package io.clipvault.gallery;

import java.util.List;

import io.clipvault.security.SecuritySettings;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets the pages of the configured frontends read the gallery from a browser. */
@Configuration(proxyBeanMethods = false)
class FrontendAccess {

	/** After the filter that refuses foreign callers, with a problem. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

	private static final long ONE_HOUR = 3600;

	@Bean
	FilterRegistrationBean<CorsFilter> galleryCors(SecuritySettings security) {
		CorsConfiguration access = new CorsConfiguration();
		access.setAllowedOrigins(security.frontends());
		access.setAllowedMethods(List.of("GET", "HEAD"));
		access.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		access.setExposedHeaders(List.of(HttpHeaders.ETAG, HttpHeaders.LINK, HttpHeaders.AGE, HttpHeaders.WARNING));
		access.setMaxAge(ONE_HOUR);
		UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
		List.of("/gallery", "/gallery/*", "/api/gallery/*")
			.forEach((path) -> paths.registerCorsConfiguration(path, access));
		FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(paths));
		filter.addUrlPatterns("/gallery", "/gallery/*", "/api/gallery/*");
		filter.setOrder(ORDER);
		return filter;
	}

}
