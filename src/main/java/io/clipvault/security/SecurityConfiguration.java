package io.clipvault.security;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The filters that every request passes, and what they need. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(1);

	private static final String BEARER = "Bearer ";

	private static final String API_KEY = "X-API-Key";

	private static final String HOURLY = "0 7 * * * *";

	/**
	 * Spring Security's chain without what this service has no use for, because the whole
	 * of it costs more than a ready page of the gallery.
	 */
	@Bean
	SecurityFilterChain requestFilters(HttpSecurity http, Proofs proofs, AccessDecision access,
			BrowserSessions<?> sessions, ForeignCallerFilter foreign) {
		if (proofs.required()) {
			http.addFilterBefore(keysAndTokens(proofs, access), AnonymousAuthenticationFilter.class)
				.addFilterBefore(new SessionFilter(sessions), AnonymousAuthenticationFilter.class);
		}
		return http.csrf(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.servletApi(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers.defaultsDisabled().contentTypeOptions((options) -> {
			})
				.contentSecurityPolicy((policy) -> policy.policyDirectives("frame-ancestors 'none'"))
				.crossOriginResourcePolicy((policy) -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.addHeaderWriter((request, response) -> {
					if (proofs.required()) {
						// A proxy knows neither the cookie nor X-API-Key as a proof.
						response.setHeader(HttpHeaders.CACHE_CONTROL, "private");
					}
				})
				.withObjectPostProcessor(beforeTheAnswer()))
			.addFilterBefore(new AuditLog(), CorsFilter.class)
			.addFilterBefore(foreign, CorsFilter.class)
			.cors((cors) -> {
			})
			.anonymous((anybody) -> anybody.principal(proofs.required() ? Caller.UNKNOWN : Caller.EVERYBODY))
			.authorizeHttpRequests((calls) -> calls.anyRequest().access(access))
			.exceptionHandling((refused) -> refused.authenticationEntryPoint(access).accessDeniedHandler(access))
			.build();
	}

	/**
	 * Sets the headers at once, so that a call may replace them; by default the response
	 * would be wrapped to set them when it is sent.
	 */
	private static ObjectPostProcessor<HeaderWriterFilter> beforeTheAnswer() {
		return new ObjectPostProcessor<>() {
			@Override
			public <F extends HeaderWriterFilter> F postProcess(F filter) {
				filter.setShouldWriteHeadersEagerly(true);
				return filter;
			}
		};
	}

	private static BearerTokenAuthenticationFilter keysAndTokens(Proofs proofs, AccessDecision access) {
		AuthenticationManager manager = (proof) -> CallerAuthentication
			.of(proofs.caller(((BearerTokenAuthenticationToken) proof).getToken()));
		BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(manager,
				SecurityConfiguration::presented);
		AuthenticationEntryPointFailureHandler refused = new AuthenticationEntryPointFailureHandler(access);
		refused.setRethrowAuthenticationServiceException(false);
		filter.setAuthenticationFailureHandler(refused);
		return filter;
	}

	/** The key or token of a request; never one from its URL, which logs would keep. */
	private static @Nullable BearerTokenAuthenticationToken presented(HttpServletRequest request) {
		String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
		String sent = (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? authorization.substring(BEARER.length()).strip() : request.getHeader(API_KEY);
		return (sent == null || sent.isEmpty()) ? null : new BearerTokenAuthenticationToken(sent);
	}

	@Bean
	ForeignCallerFilter foreignCallers(SecuritySettings settings,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		return new ForeignCallerFilter(settings, problems);
	}

	/** Keys of objects may hold an encoded slash, a semicolon and empty segments. */
	@Bean
	HttpFirewall firewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowUrlEncodedSlash(true);
		firewall.setAllowUrlEncodedDoubleSlash(true);
		firewall.setAllowSemicolon(true);
		firewall.setAllowUrlEncodedPercent(true);
		firewall.setAllowUrlEncodedPeriod(true);
		firewall.setAllowBackSlash(true);
		firewall.setAllowUrlEncodedCarriageReturn(true);
		firewall.setAllowUrlEncodedLineFeed(true);
		firewall.setAllowUrlEncodedLineSeparator(true);
		firewall.setAllowUrlEncodedParagraphSeparator(true);
		return firewall;
	}

	@Bean
	SecurityObservationSettings withoutObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/** CORS for the pages of the configured frontends. */
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
		return (request) -> OwnPage.isOrigin(request.getHeader(HttpHeaders.ORIGIN), request.getHeader(HttpHeaders.HOST))
				? null : frontends;
	}

	@Bean
	OAuth2TokenValidator<Jwt> audience(SecuritySettings settings) {
		return new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD, (audiences) -> audiences != null
				&& audiences.stream().anyMatch((name) -> name.equals(settings.jwt().audience())));
	}

	@Bean
	JdbcIndexedSessionRepository sessionRepository(JdbcOperations database, TransactionOperations transaction) {
		JdbcIndexedSessionRepository sessions = new JdbcIndexedSessionRepository(database, transaction);
		GenericConversionService texts = new GenericConversionService();
		texts.addConverter(Object.class, byte[].class, (text) -> text.toString().getBytes(StandardCharsets.UTF_8));
		texts.addConverter(byte[].class, Object.class, (bytes) -> new String(bytes, StandardCharsets.UTF_8));
		sessions.setConversionService(texts);
		sessions.setCleanupCron(HOURLY);
		return sessions;
	}

	@Bean
	BrowserSessions<?> browserSessions(SessionRepository<?> sessions, Proofs proofs, Clock clock) {
		return over(sessions, proofs, clock);
	}

	private static <S extends Session> BrowserSessions<S> over(SessionRepository<S> sessions, Proofs proofs,
			Clock clock) {
		return new BrowserSessions<>(sessions, proofs, clock);
	}

}
