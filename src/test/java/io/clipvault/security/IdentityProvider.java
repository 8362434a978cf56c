package io.clipvault.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/** An identity provider on this machine. */
final class IdentityProvider implements AutoCloseable {

	private final HttpServer server;

	private final RSAKey key;

	IdentityProvider() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("first").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			serve("/.well-known/openid-configuration", """
					{"issuer": "%s", "jwks_uri": "%s/keys", "subject_types_supported": ["public"]}"""
				.formatted(issuer(), issuer()));
			serve("/keys", new JWKSet(this.key.toPublicJWK()).toString());
			this.server.start();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		catch (JOSEException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private void serve(String path, String json) {
		this.server.createContext(path, (exchange) -> {
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	String token(String audience, Instant expires, List<String> roles) {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(),
				new JWTClaimsSet.Builder().issuer(issuer())
					.subject("an operator")
					.audience(audience)
					.expirationTime(Date.from(expires))
					.claim("roles", roles)
					.build());
		try {
			token.sign(new RSASSASigner(this.key));
		}
		catch (JOSEException impossible) {
			throw new IllegalStateException(impossible);
		}
		return token.serialize();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
