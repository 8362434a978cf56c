package io.clipvault.security;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Decides by the table of roles, and answers those who are refused. */
@Component
class AccessDecision implements AuthorizationManager<RequestAuthorizationContext>, AuthenticationEntryPoint,
		AccessDeniedHandler, RequestRejectedHandler {

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

	private final AccessRules rules;

	private final Proofs proofs;

	private final FailedProofs failures;

	private final HandlerExceptionResolver problems;

	AccessDecision(AccessRules rules, Proofs proofs, FailedProofs failures,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		this.rules = rules;
		this.proofs = proofs;
		this.failures = failures;
		this.problems = problems;
	}

	@Override
	public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> caller,
			RequestAuthorizationContext context) {
		HttpServletRequest request = context.getRequest();
		if (!this.proofs.required()) {
			return new AuthorizationDecision(true);
		}
		AccessRules.Rule rule = this.rules.find(request).orElse(null);
		if (rule != null && rule.role() == null) {
			return new AuthorizationDecision(true);
		}
		return new AuthorizationDecision(caller.get() instanceof CallerAuthentication known && rule != null
				&& known.getPrincipal().has(Objects.requireNonNull(rule.role()))
				&& (!known.isByCookie() || READING.contains(request.getMethod()) || OwnPage.sent(request)));
	}

	/** Somebody without a valid proof made a call that needs one. */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason) {
		Problem refusal;
		try {
			refusal = problem(request, response, reason);
		}
		catch (Problem tooMany) {
			refusal = tooMany;
		}
		answer(request, response, refusal);
	}

	private Problem problem(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason) {
		if (reason instanceof AuthenticationServiceException) {
			return new Problem(ProblemType.IDENTITY_PROVIDER_UNREACHABLE,
					"The identity provider did not answer, so the token could not be checked: try again, or use a key.",
					reason);
		}
		boolean wrong = reason instanceof OAuth2AuthenticationException;
		if (wrong) {
			this.failures.count(request.getRemoteAddr());
		}
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, wrong ? "Bearer error=\"invalid_token\"" : "Bearer");
		return new Problem(ProblemType.UNAUTHENTICATED, (wrong ? reason.getMessage() + ": send" : "Send")
				+ " a key as 'Authorization: Bearer cv_…' or as 'X-API-Key: cv_…', or sign in with POST /session.");
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason) {
		Role needed = this.rules.find(request).map(AccessRules.Rule::role).orElse(null);
		if (needed == null) {
			answer(request, response,
					new Problem(ProblemType.ROLE_MISSING,
							"No role may call %s here, or there is nothing: see /swagger-ui.html for all calls."
								.formatted(request.getMethod())));
		}
		else if (Caller.current().has(needed)) {
			answer(request, response, OwnPage.refusal());
		}
		else {
			answer(request, response,
					new Problem(ProblemType.ROLE_MISSING,
							"This call needs the role %s, and '%s' has %s: use a key that has it."
								.formatted(needed.word(), Caller.current(), role(Caller.current()))));
		}
	}

	private static String role(Caller caller) {
		return (caller.role() == null) ? "none" : "the role " + caller.role().word();
	}

	/** The firewall found a path or header that is not normal. */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason) {
		answer(request, response, new Problem(ProblemType.INVALID_REQUEST,
				"The address, the method or a header of this request is not allowed: send paths without '.' and '..' segments, and no control characters."));
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) {
		this.problems.resolveException(request, response, null, problem);
	}

}
