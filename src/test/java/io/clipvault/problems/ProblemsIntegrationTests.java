package io.clipvault.problems;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures outside the features: wrong paths, methods, media types and malformed HTTP.
 */
@ClipvaultTest
class ProblemsIntegrationTests {

	private final int port;

	private final Caller caller;

	ProblemsIntegrationTests(@LocalServerPort int port) {
		this.port = port;
		this.caller = new Caller(port);
	}

	@Test
	void callWhenAddressIsUnknownIsNotFound() {
		Caller.Answer answer = this.caller.get("/clips");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.problem()).isEqualTo("not-found");
		assertThat(answer.detail())
			.isEqualTo("GET /clips is not an endpoint of this service: see /swagger-ui.html for all endpoints.");
		assertThat(answer.json().path("instance").asString()).isEqualTo("/clips");
	}

	@Test
	void callWhenMethodIsWrongNamesTheRightOne() {
		Caller.Answer answer = this.caller.send(this.caller.request("/gallery").DELETE());
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.problem()).isEqualTo("method-not-allowed");
		assertThat(answer.detail()).isEqualTo("DELETE is not supported here: use GET.");
		assertThat(answer.header("Allow")).hasValue("GET");
	}

	@Test
	void callWhenNothingAcceptableIsLeftSaysWhatThereIs() {
		Caller.Answer answer = this.caller.send(this.caller.request("/gallery").header("Accept", "image/png"));
		assertThat(answer.status()).isEqualTo(406);
		assertThat(answer.problem()).isEqualTo("not-acceptable");
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void callWhenTheWebServerItselfRefusesItIsAProblemToo() throws IOException {
		assertThat(spoken("GET /jobs/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400")
			.contains("Content-Type: application/problem+json")
			.contains("\"type\":\"urn:clipvault:problem:invalid-request\"");
		assertThat(spoken("GET /ga|llery HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400")
			.contains("urn:clipvault:problem:invalid-request");
	}

	@Test
	void callWhenAParameterCannotBeDecodedIsTheCallersFault() throws IOException {
		assertThat(spoken("GET /gallery?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 400")
			.contains("urn:clipvault:problem:invalid-request");
	}

	@Test
	void callWhenAFormHasNoBoundaryIsTheCallersFault() {
		Caller.Answer answer = this.caller.send(this.caller.request("/jobs/form/artifacts")
			.header("Content-Type", "multipart/form-data")
			.POST(HttpRequest.BodyPublishers.ofString("x")));
		assertThat(answer.status()).isBetween(400, 499);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
	}

	@Test
	void callWhenItFailsOutsideTheControllersIsAProblemToo() throws IOException {
		assertThat(this.caller.get("/error").problem()).isEqualTo("not-found");
		assertThat(spoken("TRACE /gallery HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 405")
			.contains("application/problem+json", "urn:clipvault:problem:method-not-allowed");
	}

	@Test
	void typesAreStableAndOneForEachKind() {
		assertThat(ProblemType.DIRECTORY_OUTSIDE_ROOT.type())
			.hasToString("urn:clipvault:problem:directory-outside-root");
		assertThat(new HashSet<>(Arrays.stream(ProblemType.values()).map(ProblemType::type).toList()))
			.hasSameSizeAs(ProblemType.values());
	}

	private String spoken(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
