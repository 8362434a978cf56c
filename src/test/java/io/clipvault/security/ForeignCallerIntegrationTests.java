package io.clipvault.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ClipvaultTest
@TestPropertySource(properties = "clipvault.security.frontends=https://clips.example.org")
class ForeignCallerIntegrationTests {

	@LocalServerPort
	private int port;

	private Caller caller;

	@BeforeEach
	void callService() {
		this.caller = new Caller(this.port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://elsewhere.example", "null", "http://127.0.0.1:1",
			"https://clips.example.org.evil", "file://" })
	void callWhenOriginIsForeignIsRefused(String origin) {
		Caller.Answer answer = this.caller.send(this.caller.request("/gallery").header("Origin", origin));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.problem()).isEqualTo("foreign-caller");
		assertThat(answer.detail()).contains(origin, "clipvault.security.frontends");
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void callWhenOriginIsOwnOrAFrontendIsAnswered() {
		assertThat(this.caller
			.send(this.caller.request("/actuator/health").header("Origin", "http://127.0.0.1:" + this.port))
			.status()).isEqualTo(200);
		assertThat(
				this.caller.send(this.caller.request("/actuator/health").header("Origin", "https://clips.example.org"))
					.status())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clips.example.org", "localhost.evil.example", "127.0.0.1.evil.example" })
	void callWhenHostIsForeignIsRefused(String host) {
		assertThat(statusOf(host)).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8080", "127.0.0.1", "127.8.8.8:80", "[::1]:8080" })
	void callWhenHostIsThisMachineIsAnswered(String host) {
		assertThat(statusOf(host)).isEqualTo(200);
	}

	/** Writes HTTP by hand, because HTTP clients set the Host header themselves. */
	private int statusOf(String host) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write(("GET /actuator/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			return Integer.parseInt(new String(answer.readNBytes(12), StandardCharsets.US_ASCII).substring(9));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
