package io.clipvault.objects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls on buckets that the default settings leave out of scope. */
@ClipvaultTest
class ObjectsScopeIntegrationTests {

	private final Caller caller;

	ObjectsScopeIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "GET | /buckets/other-bucket", "DELETE | /buckets/other-bucket",
					"DELETE | /buckets/other-bucket?purge=true", "GET | /buckets/other-bucket/purge",
					"GET | /buckets/other-bucket/objects", "GET | /buckets/other-bucket/objects/a",
					"PUT | /buckets/other-bucket/objects/a", "HEAD | /buckets/other-bucket/objects/a",
					"DELETE | /buckets/other-bucket/object?key=a", "GET | /buckets/other-bucket/details?key=a",
					"GET | /buckets/other-bucket/versioning", "GET | /buckets/other-bucket/versions",
					"GET | /buckets/other-bucket/lifecycle", "DELETE | /buckets/other-bucket/lifecycle",
					"GET | /buckets/other-bucket/cors", "DELETE | /buckets/other-bucket/cors",
					"GET | /storage/report?bucket=other-bucket" })
	void callWhenBucketIsNotTheServicesOwnIsRefused(String method, String path) {
		Caller.Answer answer = this.caller
			.send(this.caller.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
		assertThat(answer.status()).isEqualTo(403);
		if (!method.equals("HEAD")) {
			assertThat(answer.problem()).isEqualTo("bucket-out-of-scope");
			assertThat(answer.detail()).contains("other-bucket").contains("clipvault.objects.buckets");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = { "POST | /buckets | {\"name\": \"other-bucket\"}",
			"POST | /buckets/openshorts.app-clips/copies | {\"source_bucket\": \"other-bucket\", \"source_key\": \"a\", \"key\": \"b\"}",
			"POST | /buckets/other-bucket/copies | {\"source_key\": \"a\", \"key\": \"b\"}",
			"DELETE | /buckets/other-bucket/objects | {\"objects\": [{\"key\": \"a\"}]}",
			"POST | /buckets/other-bucket/deletions | {\"objects\": [{\"key\": \"a\"}]}",
			"PUT | /buckets/other-bucket/versioning | {\"status\": \"enabled\"}",
			"POST | /buckets/other-bucket/versions/restore | {\"key\": \"a\", \"version_id\": \"1\"}",
			"PUT | /buckets/other-bucket/lifecycle | {\"rules\": [{\"abort_multipart_after_days\": 1}]}",
			"POST | /buckets/other-bucket/lifecycle/preset | {}",
			"PUT | /buckets/other-bucket/cors | {\"rules\": [{\"allowed_origins\": [\"*\"], \"allowed_methods\": [\"GET\"]}]}" })
	void changeWhenBucketIsNotTheServicesOwnIsRefused(String method, String path, String body) {
		Caller.Answer answer = this.caller.send(this.caller.request(path)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.problem()).isEqualTo("bucket-out-of-scope");
	}

	@Test
	void listShowsTheServicesOwnBucketAlone() {
		assertThat(this.caller.get("/buckets").json().path("buckets"))
			.extracting((bucket) -> bucket.path("name").asString())
			.containsExactly("openshorts.app-clips");
	}

	@Test
	void putWhenDeclaredLengthIsBeyondAllPartsIsRefusedBeforeTheBody(@LocalServerPort int port) throws IOException {
		long most = 10_000L * 8 * 1024 * 1024;
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write("""
					PUT /buckets/openshorts.app-clips/objects/a HTTP/1.1\r
					Host: 127.0.0.1\r
					Content-Length: %d\r
					\r
					""".formatted(most + 1).getBytes(StandardCharsets.US_ASCII));
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
			assertThat(answer.lines().filter((line) -> line.contains("object-too-large")).findFirst()).isPresent();
		}
	}

	@Test
	void createWhenNameBreaksARuleNamesTheRule() {
		Caller.Answer answer = this.caller.post("/buckets", "{\"name\": \"My_Bucket\"}");
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.problem()).isEqualTo("invalid-bucket-name");
		assertThat(answer.detail()).contains("'M'");
	}

}
