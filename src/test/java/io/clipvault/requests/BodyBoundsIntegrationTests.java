package io.clipvault.requests;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** JSON bodies that would take far more memory than any call needs. */
@ClipvaultTest
class BodyBoundsIntegrationTests {

	private final Caller caller;

	BodyBoundsIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@ParameterizedTest
	@CsvSource({ "/uppy/s3/multipart, POST, 65536", "/links, POST, 65536", "/audits, POST, 65536",
			"/jobs/large/artifacts, POST, 65536", "/uploads/_uploads/talk/complete, POST, 65536",
			"/uppy/s3/multipart/id/complete?key=x, POST, 1048576",
			"/buckets/openshorts.app-clips/lifecycle, PUT, 1048576", "/buckets/openshorts.app-clips/cors, PUT, 1048576",
			"/buckets/openshorts.app-clips/objects, DELETE, 16777216",
			"/buckets/openshorts.app-clips/deletions, POST, 16777216" })
	void callWhenTheBodyIsOverItsBoundIsRefusedWithIt(String path, String method, int bound) {
		String body = "{\"a\": \"" + "x".repeat(bound) + "\"}";
		Caller.Answer announced = send(path, method, HttpRequest.BodyPublishers.ofString(body));
		assertThat(announced.status()).isEqualTo(413);
		assertThat(announced.problem()).isEqualTo("body-too-large");
		assertThat(announced.detail()).contains("may have %,d bytes".formatted(bound));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/uppy/s3/multipart", "/links", "/audits", "/jobs/large/artifacts" })
	void callWhenTheLengthIsNotAnnouncedCountsWhatArrives(String path) {
		String body = "{" + " ".repeat(200_000) + "}";
		Caller.Answer answer = send(path, "POST", HttpRequest.BodyPublishers
			.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.problem()).isEqualTo("body-too-large");
	}

	@Test
	void uploadWhenMetadataHasMoreThanADirectoryIgnoresIt() {
		Caller.Answer answer = this.caller.post("/uppy/s3/multipart", """
				{"filename": "talk.mp4", "type": "video/mp4",
				 "metadata": {"directory": "talk", "name": "x", "size": null, "deep": {"a": [1, {}]}}}""");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("key").asString()).startsWith("_uploads/talk/");
	}

	@Test
	void deletionsWhenThereAreManyNamesAreAccepted() {
		String objects = IntStream.range(0, 5000)
			.mapToObj((number) -> "{\"key\": \"none/%0100d\"}".formatted(number))
			.collect(Collectors.joining(","));
		Caller.Answer answer = this.caller.post("/buckets/openshorts.app-clips/deletions",
				"{\"objects\": [" + objects + "]}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("deleted").asInt()).isEqualTo(5000);
	}

	@Test
	void deletionsWhenAllOfManyAreWrongNamesTheFirst() {
		Caller.Answer answer = this.caller.post("/buckets/openshorts.app-clips/deletions",
				"{\"objects\": [" + "{},".repeat(99_999) + "{}]}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("errors").size()).isEqualTo(1);
		assertThat(answer.detail()).matches("'objects\\[[0-9]+]\\.key' must be there: .*");
	}

	@Test
	void deletionsWhenTheListIsLongerThanAnyStopsReading() {
		Caller.Answer answer = this.caller.post("/buckets/openshorts.app-clips/deletions",
				"{\"objects\": [" + "{},".repeat(1_000_000) + "{}]}");
		assertThat(answer.problem()).isEqualTo("body-too-large");
		assertThat(answer.detail()).contains("100,000 entries");
	}

	@Test
	void callWhenManyEntriesAreWrongNamesTwentyOfThem() {
		Caller.Answer answer = this.caller.post("/links", "{\"keys\": [" + "null,".repeat(10_000) + "null]}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("errors").size()).isEqualTo(20);
	}

	@Test
	void callWhenATextIsWrongSendsItBackShortened() {
		Caller.Answer answer = this.caller.post("/jobs/long/artifacts",
				"{\"directory\": \"" + "d".repeat(60_000) + "\"}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).hasSizeLessThan(2000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"metadata\":", "{\"metadata\":{\"a\":[" })
	void callWhenTheBodyIsNestedDeepIsRefused(String opening) {
		Caller.Answer answer = this.caller.post("/uppy/s3/multipart", opening.repeat(3000));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.problem()).isEqualTo("invalid-request");
	}

	@Test
	void callWhenAContentTypeIsLongAndFullOfSlashesIsAnsweredAtOnce() {
		String slashes = "/".repeat(60_000);
		for (String body : new String[] { "/uploads {\"file_name\": \"a\", \"content_type\": \"%s\\n\"}",
				"/uppy/s3/multipart {\"filename\": \"a\", \"type\": \"%s\\n\"}",
				"/uppy/sign {\"method\": \"PUT\", \"key\": \"a\", \"contentType\": \"%s\\n\"}",
				"/links {\"key\": \"a\", \"content_type\": \"%s\\n\"}" }) {
			String[] call = body.formatted(slashes).split(" ", 2);
			Caller.Answer answer = this.caller.send(this.caller.request(call[0])
				.timeout(Duration.ofSeconds(2))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(call[1])));
			assertThat(answer.status()).as(call[0]).isEqualTo(400);
			assertThat(answer.body()).hasSizeLessThan(3000);
		}
	}

	private Caller.Answer send(String path, String method, HttpRequest.BodyPublisher body) {
		return this.caller
			.send(this.caller.request(path).header("Content-Type", "application/json").method(method, body));
	}

}
