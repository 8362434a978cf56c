package io.clipvault.security;

import java.time.Instant;
import java.util.List;

import io.clipvault.kit.Caller;
import io.clipvault.kit.Caller.Answer;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that takes keys and tokens, with a management port of its own. */
@ClipvaultTest
@TestPropertySource(properties = { "management.server.port=0", "clipvault.security.jwt.audience=clipvault" })
class TokenAccessIntegrationTests {

	private static final IdentityProvider PROVIDER = new IdentityProvider();

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	private Caller caller;

	private Caller operator;

	@DynamicPropertySource
	static void access(DynamicPropertyRegistry properties) {
		TestKeys.configure(properties);
		properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", PROVIDER::issuer);
	}

	@AfterAll
	static void stopProvider() {
		PROVIDER.close();
	}

	@BeforeEach
	void callService() {
		this.caller = new Caller(this.port);
		this.operator = new Caller(this.managementPort);
	}

	private static Answer call(Caller caller, String path, String proof) {
		return caller.send(caller.request(path).header("Authorization", "Bearer " + proof));
	}

	private static String token(String audience, long secondsLeft, String... roles) {
		return PROVIDER.token(audience, Instant.now().plusSeconds(secondsLeft), List.of(roles));
	}

	@Test
	void tokenHasTheHighestOfItsRoles() {
		assertThat(call(this.caller, "/jobs", token("clipvault", 600, "viewer")).status()).isEqualTo(200);
		assertThat(call(this.caller, "/buckets", token("clipvault", 600, "viewer")).status()).isEqualTo(403);
		assertThat(call(this.caller, "/buckets", token("clipvault", 600, "viewer", "admin", "clerk")).status())
			.isEqualTo(200);
		assertThat(call(this.caller, "/session", token("clipvault", 600, "producer")).json().path("name").asString())
			.isEqualTo("an_operator");
	}

	@Test
	void tokenWithoutARoleMayDoNothing() {
		Answer answer = call(this.caller, "/jobs", token("clipvault", 600, "clerk"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.detail()).contains("viewer", "none");
	}

	@Test
	void tokenForAnotherServiceOrAnExpiredOneIsRefused() {
		assertThat(call(this.caller, "/jobs", token("other", 600, "admin")).status()).isEqualTo(401);
		assertThat(call(this.caller, "/jobs", token("clipvault", -600, "admin")).status()).isEqualTo(401);
		assertThat(call(this.caller, "/jobs", "no.token.atall").status()).isEqualTo(401);
	}

	@Test
	void keyIsTakenBesideTokens() {
		assertThat(call(this.caller, "/jobs", TestKeys.VIEWER).status()).isEqualTo(200);
	}

	@Test
	void managementPortHasTheSameRules() {
		assertThat(this.operator.get("/actuator/health/liveness").status()).isEqualTo(200);
		assertThat(this.operator.get("/actuator/prometheus").status()).isEqualTo(401);
		assertThat(call(this.operator, "/actuator/prometheus", TestKeys.PRODUCER).status()).isEqualTo(403);
		assertThat(call(this.operator, "/actuator/prometheus", TestKeys.ADMIN).status()).isEqualTo(200);
	}

	@Test
	void managementPortRefusesForeignPages() {
		Answer answer = this.operator
			.send(this.operator.request("/actuator/health/liveness").header("Origin", "https://elsewhere.example"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.problem()).isEqualTo("foreign-caller");
	}

}
