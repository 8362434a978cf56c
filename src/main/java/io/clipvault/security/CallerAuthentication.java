package io.clipvault.security;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A caller, as Spring Security keeps it during a request.
 */
final class CallerAuthentication extends AbstractAuthenticationToken {

	private final transient Caller caller;

	private final boolean byCookie;

	private CallerAuthentication(Caller caller, boolean byCookie) {
		super((caller.role() == null) ? List.of() : AuthorityUtils.createAuthorityList(caller.role().name()));
		this.caller = caller;
		this.byCookie = byCookie;
		setAuthenticated(true);
	}

	/** A caller who sent the proof with this very request. */
	static CallerAuthentication of(Caller caller) {
		return new CallerAuthentication(caller, false);
	}

	/** A caller whose browser sent the cookie by itself. */
	static CallerAuthentication byCookie(Caller caller) {
		return new CallerAuthentication(caller, true);
	}

	boolean isByCookie() {
		return this.byCookie;
	}

	@Override
	public Caller getPrincipal() {
		return this.caller;
	}

	@Override
	public String getCredentials() {
		return "";
	}

}
