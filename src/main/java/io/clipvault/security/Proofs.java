package io.clipvault.security;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.clipvault.problems.StartRefused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/** Finds out who a caller is by a key or a token. */
@Component
class Proofs {

	private final List<ApiKey> keys;

	private final @Nullable JwtDecoder tokens;

	private final SecuritySettings.Jwt jwt;

	Proofs(SecuritySettings settings, ObjectProvider<JwtDecoder> tokens) {
		this.keys = settings.keys().stream().map(ApiKey::parse).toList();
		this.tokens = tokens.getIfAvailable();
		this.jwt = settings.jwt();
		if (this.tokens != null && this.jwt.audience() == null) {
			throw new StartRefused(
					"Tokens of an identity provider are accepted, but no audience is set, so that a token for any other service would do.",
					"Set clipvault.security.jwt.audience to the name that the provider writes into 'aud' for this service.");
		}
	}

	/** Whether callers have to prove who they are. */
	boolean required() {
		return !this.keys.isEmpty() || this.tokens != null;
	}

	Optional<ApiKey> key(String presented) {
		return ApiKey.isPossible(presented) ? keyWithDigest(ApiKey.digest(presented)) : Optional.empty();
	}

	/** The key with this digest, if it is still configured. */
	Optional<ApiKey> keyWithDigest(String digest) {
		ApiKey found = null;
		// Compares with all keys, so that the time does not tell which one it is.
		for (ApiKey key : this.keys) {
			if (ApiKey.isSame(key.digest(), digest)) {
				found = key;
			}
		}
		return Optional.ofNullable(found);
	}

	/** The caller that proves itself with this key or token. */
	Caller caller(String presented) {
		if (this.tokens == null || presented.startsWith(ApiKey.PREFIX)) {
			return key(presented).map(ApiKey::caller)
				.orElseThrow(() -> new InvalidBearerTokenException("The key is not known"));
		}
		try {
			return caller(this.tokens.decode(presented));
		}
		catch (BadJwtException refused) {
			throw new InvalidBearerTokenException("The token is not valid: " + refused.getMessage(), refused);
		}
		catch (JwtException failed) {
			throw new AuthenticationServiceException("The identity provider could not be asked", failed);
		}
	}

	private Caller caller(Jwt token) {
		Object claim = token.getClaims().get(this.jwt.roleClaim());
		List<?> words = (claim instanceof List<?> list) ? list : (claim == null) ? List.of() : List.of(claim);
		Role role = words.stream()
			.flatMap((word) -> Role.named(String.valueOf(word)).stream())
			.max(Role::compareTo)
			.orElse(null);
		return new Caller(printable(String.valueOf(token.getSubject())), null, role);
	}

	/** Keeps a foreign name from breaking a line of the log. */
	private static String printable(String name) {
		String clean = name.replaceAll("[^\\p{Graph}]", "_");
		return (clean.length() <= 128) ? clean : clean.substring(0, 128);
	}

	/** For the log. */
	@Override
	public String toString() {
		String named = this.keys.stream()
			.map((key) -> "%s (%s, %s)".formatted(key.name(), key.role().word(), key.caller().id()))
			.collect(Collectors.joining(", "));
		return (this.tokens == null) ? "those with a key: " + named
				: this.keys.isEmpty() ? "those with a token of the identity provider"
						: "those with a token of the identity provider, or with a key: " + named;
	}

}
