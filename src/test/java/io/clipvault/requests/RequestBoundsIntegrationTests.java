package io.clipvault.requests;

import java.net.http.HttpRequest;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Content types, queries and parameters that no call needs. */
@ClipvaultTest
class RequestBoundsIntegrationTests {

	private final Caller caller;

	RequestBoundsIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@ParameterizedTest
	@CsvSource({ "/uppy/s3/multipart, POST", "/uppy/sign, POST", "/uppy/s3/multipart/id/complete?key=x, POST",
			"/links, POST", "/audits, POST", "/audio, POST", "/uploads, POST", "/uploads/_uploads/talk/complete, POST",
			"/jobs/any/artifacts, POST", "/jobs/any/completion, POST", "/jobs/any/restore, POST", "/buckets, POST",
			"/buckets/openshorts.app-clips/lifecycle, PUT", "/buckets/openshorts.app-clips/cors, PUT",
			"/buckets/openshorts.app-clips/versioning, PUT", "/buckets/openshorts.app-clips/copies, POST",
			"/buckets/openshorts.app-clips/deletions, POST", "/buckets/openshorts.app-clips/objects, DELETE",
			"/buckets/openshorts.app-clips/objects/any.txt, PUT" })
	void callWhenTheContentTypeIsARangeIsRefused(String path, String method) {
		for (String range : new String[] { "*/*", "application/*", "*/*;charset=UTF-8", "application/*+json" }) {
			Caller.Answer answer = this.caller.send(this.caller.request(path)
				.header("Content-Type", range)
				.method(method, HttpRequest.BodyPublishers.ofString("{}")));
			assertThat(answer.status()).as(range).isEqualTo(415);
			assertThat(answer.problem()).isEqualTo("unsupported-media-type");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/gallery", "/jobs", "/buckets/openshorts.app-clips/objects", "/actuator/health" })
	void callWhenTheQueryIsTooLongSaysHowLongItMayBe(String path) {
		Caller.Answer answer = this.caller.get(path + "?any=" + "x".repeat(6200));
		assertThat(answer.status()).isEqualTo(414);
		assertThat(answer.problem()).isEqualTo("uri-too-long");
		assertThat(answer.detail()).contains("6,144 are allowed");
	}

	@Test
	void listWhenTheQueryIsAtItsBoundHasALinkToTheNextPage() {
		for (String key : new String[] { "bound/a.txt", "bound/b.txt" }) {
			this.caller.send(this.caller.request("/buckets/openshorts.app-clips/objects/" + key)
				.PUT(HttpRequest.BodyPublishers.ofString("x")));
		}
		String query = "prefix=bound%2F&limit=1&any=";
		Caller.Answer answer = this.caller
			.get("/buckets/openshorts.app-clips/objects?" + query + "x".repeat(6144 - query.length()));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Link")).hasValueSatisfying((link) -> assertThat(link).hasSizeGreaterThan(6144));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/buckets/openshorts.app-clips/objects?prefix=",
			"/buckets/openshorts.app-clips/objects?delimiter=", "/buckets/openshorts.app-clips/objects?start_after=",
			"/buckets/openshorts.app-clips/objects?cursor=", "/buckets/openshorts.app-clips/versions?prefix=",
			"/buckets/openshorts.app-clips/versions?cursor=", "/buckets/openshorts.app-clips/object?key=a&version_id=",
			"/buckets/openshorts.app-clips/object?key=a&download_name=",
			"/buckets/openshorts.app-clips/details?key=a&version_id=", "/gallery?q=", "/gallery?cursor=",
			"/gallery?job_id=", "/jobs?cursor=", "/jobs?status=", "/audits?cursor=", "/buckets?cursor=",
			"/uppy/s3/params?filename=", "/uppy/s3/params?filename=a&type=",
			"/uppy/s3/params?filename=a&metadata%5Bdirectory%5D=", "/uppy/s3/multipart/id?key=" })
	void callWhenAParameterIsTooLongIsTheCallersFault(String path) {
		Caller.Answer answer = this.caller.get(path + "x".repeat(5000));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).hasSizeLessThan(2000);
	}

}
