package io.clipvault.gallery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.JobFolder;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.TestPropertySource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers of the gallery, and the calls to the store that they cost. */
@ClipvaultTest
@Import(GalleryControllerTests.Counting.class)
@TestPropertySource(properties = "clipvault.security.frontends=https://clips.example.org")
class GalleryControllerTests {

	private static final String FRONTEND = "https://clips.example.org";

	private final Caller caller;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	@Autowired
	private Calls calls;

	@Autowired
	private ApplicationEventPublisher events;

	GalleryControllerTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@BeforeEach
	void threeJobs() {
		this.s3.listObjectsV2Paginator((list) -> list.bucket(this.store.bucket()))
			.contents()
			.forEach(
					(object) -> this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key(object.key())));
		publish("one", 2);
		publish("two", 2);
		publish("three", 1);
		this.caller.get("/gallery?refresh=true");
		this.calls.forget();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/gallery", "/gallery?limit=50", "/gallery/two", "/gallery?job_id=two",
			"/api/gallery/clips", "/gallery?limit=2&cursor=&job_id=&q=&refresh=false" })
	void answerIsCompleteJsonWithItsHeaders(String path) {
		Caller.Answer answer = this.caller.get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).hasValue("application/json");
		assertThat(answer.header("Content-Length")).hasValue(Integer.toString(answer.body().length));
		assertThat(answer.header("Cache-Control")).hasValue("private, no-cache");
		assertThat(answer.header("Age").map(Integer::parseInt))
			.hasValueSatisfying((age) -> assertThat(age).isBetween(0, 200));
		assertThat(answer.header("Warning")).isEmpty();
		assertThat(answer.response().headers().allValues("Vary")).anyMatch((vary) -> vary.contains("Accept-Encoding"));
		assertThat(answer.json()).isNotEmpty();
		assertThat(this.calls.all()).isEmpty();

		Caller.Answer again = get(path, "If-None-Match", answer.header("ETag").orElseThrow());
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));
		assertThat(get(path, "If-None-Match", "W/\"other\", " + answer.header("ETag").orElseThrow()).status())
			.isEqualTo(304);
		assertThat(get(path, "If-None-Match", "*").status()).isEqualTo(304);
		assertThat(get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/gallery", "/gallery?limit=50", "/api/gallery/clips" })
	void answerIsCompressedIfTheCallerAcceptsIt(String path) throws IOException {
		byte[] plain = this.caller.get(path).body();
		Caller.Answer compressed = get(path, "Accept-Encoding", "br, gzip;q=0.5");
		assertThat(compressed.header("Content-Encoding")).hasValue("gzip");
		assertThat(compressed.body()).hasSizeLessThan(plain.length);
		try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
			assertThat(gzip.readAllBytes()).isEqualTo(plain);
		}
		for (String refusal : List.of("gzip;q=0", "br", "gzip; q=0.000")) {
			assertThat(get(path, "Accept-Encoding", refusal).header("Content-Encoding")).as(refusal).isEmpty();
		}
	}

	@Test
	void readyPageAndControllerGiveTheSameBytes() {
		assertThat(this.caller.get("/gallery").body()).isEqualTo(this.caller.get("/gallery?limit=50").body());
		assertThat(get("/gallery", "Accept", "text/html, application/json;q=0.9").body())
			.isEqualTo(this.caller.get("/gallery").body());
		Caller.Answer refused = get("/gallery", "Accept", "text/csv");
		assertThat(refused.status()).isEqualTo(406);
		assertThat(refused.problem()).isEqualTo("not-acceptable");
	}

	@Test
	void readyPageIsTakenForTheDefaultPageAlone(@Autowired ReadyPageMapping mapping) {
		assertThat(mapping.getHandlerInternal(request("GET", null, null))).isNotNull();
		assertThat(mapping.getHandlerInternal(request("GET", null, "application/json"))).isNotNull();
		assertThat(mapping.getHandlerInternal(request("GET", "limit=50", null))).isNull();
		assertThat(mapping.getHandlerInternal(request("GET", null, "text/csv"))).isNull();
		assertThat(mapping.getHandlerInternal(request("HEAD", null, null))).isNull();
		assertThat(mapping.getHandlerInternal(request("POST", null, null))).isNull();
	}

	private static MockHttpServletRequest request(String method, @Nullable String query, @Nullable String accept) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/gallery");
		request.setServletPath("/gallery");
		request.setQueryString(query);
		if (accept != null) {
			request.addHeader("Accept", accept);
		}
		return request;
	}

	@Test
	void readyPageIsMeasuredLikeEveryCall() {
		this.caller.get("/gallery");
		String metrics = new String(this.caller.get("/actuator/prometheus").body(), StandardCharsets.UTF_8);
		assertThat(metrics).containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/gallery\"")
			.containsPattern("cache_gets_total\\{cache=\"gallery-pages\"[^}]*result=\"hit\"")
			.contains("clipvault_gallery_clips 5.0", "clipvault_gallery_age_seconds",
					"clipvault_gallery_refresh_seconds")
			.contains("clipvault_gallery_refresh_requests");
	}

	@Test
	void refreshOfAnUnchangedBucketCostsOnlyItsListing() {
		assertThat(this.caller.get("/gallery?refresh=true").json()).hasSize(5);
		assertThat(this.calls.all()).containsExactly("ListObjectsV2");
	}

	@Test
	void publishedAndRemovedJobsAreInTheNextAnswerAndCostOneListing() {
		publish("four", 3);
		this.events.publishEvent(new JobPublished(new JobId("four")));
		assertThat(this.caller.get("/gallery").json()).hasSize(8);
		assertThat(this.calls.all()).containsExactly("ListObjectsV2", "GetObject");

		this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key("one/talk_metadata.json"));
		this.events.publishEvent(new JobRemoved(new JobId("one")));
		assertThat(this.caller.get("/gallery").json()).hasSize(6);
		assertThat(this.caller.get("/gallery/one").problem()).isEqualTo("job-not-in-gallery");
	}

	@Test
	void linkHeaderLeadsThroughAllPages() {
		for (String start : List.of("/gallery?limit=2", "/gallery?limit=2&q=short%20tiktok", "/gallery/two?limit=1",
				"/gallery?limit=1&job_id=two", "/api/gallery/clips?limit=2")) {
			List<String> seen = new ArrayList<>();
			String next = start;
			while (!next.isEmpty()) {
				Caller.Answer answer = this.caller.get(next);
				assertThat(answer.status()).as(next).isEqualTo(200);
				JsonNode clips = answer.json().has("clips") ? answer.json().path("clips") : answer.json();
				clips.forEach((clip) -> seen.add(clip.path("job_id").asString() + clip.path("index").asInt()));
				next = answer.header("Link").map(GalleryControllerTests::target).orElse("");
			}
			assertThat(seen).as(start).doesNotHaveDuplicates().hasSize(start.contains("two") ? 2 : 5);
		}
	}

	@Test
	void wordsAndJobNarrowTheAnswer() {
		assertThat(this.caller.get("/gallery?q=TIKTOK%202").json()).hasSize(2);
		assertThat(this.caller.get("/gallery?q=nowhere").json()).isEmpty();
		assertThat(this.caller.get("/gallery?q=short+2&job_id=one").json()).hasSize(1);
		assertThat(this.caller.get("/gallery?job_id=unknown").json()).isEmpty();
		JsonNode job = this.caller.get("/gallery/one").json();
		assertThat(job).hasSize(2);
		assertThat(job.get(0).path("index").asInt()).isZero();
		assertThat(job.get(1).path("index").asInt()).isEqualTo(1);
	}

	@Test
	void dashboardAnswersInItsForm() {
		JsonNode page = this.caller.get("/api/gallery/clips?limit=2&offset=2").json();
		assertThat(page.propertyNames()).containsExactlyInAnyOrder("clips", "total", "limit", "offset", "has_more");
		assertThat(page.path("clips")).hasSize(2);
		assertThat(page.path("total").asInt()).isEqualTo(5);
		assertThat(page.path("has_more").asBoolean()).isTrue();
		assertThat(page.path("clips").get(0).propertyNames()).containsExactlyInAnyOrder("job_id", "index", "url",
				"title", "tiktok_desc", "insta_desc", "created_at", "duration");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/gallery?limit=0", "/gallery?limit=501", "/gallery/one?limit=501",
			"/api/gallery/clips?limit=501", "/api/gallery/clips?offset=-1", "/gallery?cursor=xyz",
			"/gallery/one?cursor=xyz", "/gallery?refresh=perhaps" })
	void invalidParameterIsRefusedByName(String path) {
		Caller.Answer answer = this.caller.get(path);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.problem()).isEqualTo("invalid-request");
		String parameter = path.replaceFirst(".*\\?", "").replaceFirst("=.*", "");
		assertThat(answer.detail()).containsPattern("'" + parameter + "' (must be|does not belong to)");
	}

	@Test
	void jobIdAndQueryAtTheirBoundsAreAnsweredAndBeyondThemRefused() {
		assertThat(this.caller.get("/gallery?q=" + "x".repeat(200)).status()).isEqualTo(200);
		assertThat(this.caller.get("/gallery?q=" + "x".repeat(201)).problem()).isEqualTo("invalid-request");
		assertThat(this.caller.get("/gallery?job_id=-bad").problem()).isEqualTo("invalid-job-id");
		assertThat(this.caller.get("/gallery/-bad").problem()).isEqualTo("invalid-job-id");
		Caller.Answer unknown = this.caller.get("/gallery/unknown");
		assertThat(unknown.status()).isEqualTo(404);
		assertThat(unknown.detail()).contains("'unknown'", "refresh=true");
	}

	@Test
	void frontendMayReadFromABrowserAndOthersMayNot() {
		for (String path : List.of("/gallery", "/gallery/one", "/api/gallery/clips", "/gallery?limit=2")) {
			Caller.Answer answer = get(path, "Origin", FRONTEND);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Access-Control-Allow-Origin")).hasValue(FRONTEND);
			assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow()).contains("ETag", "Link");
			assertThat(get(path, "Origin", "https://elsewhere.example").status()).isEqualTo(403);
			assertThat(this.caller.get(path).header("Access-Control-Allow-Origin")).isEmpty();
		}
		Caller.Answer asked = this.caller.send(this.caller.request("/gallery")
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
			.header("Origin", FRONTEND)
			.header("Access-Control-Request-Method", "GET")
			.header("Access-Control-Request-Headers", "If-None-Match"));
		assertThat(asked.status()).isEqualTo(200);
		assertThat(asked.header("Access-Control-Allow-Headers")).hasValue("If-None-Match");
	}

	@Test
	void headGivesTheHeadersAlone() {
		Caller.Answer head = this.caller
			.send(this.caller.request("/gallery").method("HEAD", HttpRequest.BodyPublishers.noBody()));
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(head.header("ETag")).isEqualTo(this.caller.get("/gallery").header("ETag"));
	}

	private Caller.Answer get(String path, String header, String value) {
		return this.caller.send(this.caller.request(path).header(header, value));
	}

	private void publish(String job, int clips) {
		for (int number = 1; number <= clips; number++) {
			put(job + "/talk_clip_" + number + ".mp4", "clip");
		}
		put(job + "/talk_metadata.json", JobFolder.metadata(clips));
		this.calls.forget();
	}

	private void put(String key, String content) {
		this.s3.putObject((put) -> put.bucket(this.store.bucket()).key(key), RequestBody.fromString(content));
	}

	private static String target(String link) {
		assertThat(link).matches("<[^>]+>; rel=\"next\"");
		return URI.create(link.substring(1, link.indexOf('>'))).toString();
	}

	/** Records the calls that the service makes to the store. */
	static final class Calls implements ExecutionInterceptor {

		private final List<String> names = new ArrayList<>();

		@Override
		public synchronized void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
			this.names.add(context.request().getClass().getSimpleName().replace("Request", ""));
		}

		synchronized List<String> all() {
			return List.copyOf(this.names);
		}

		synchronized void forget() {
			this.names.clear();
		}

	}

	/** Lets the service's own client record its calls. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Counting {

		@Bean
		Calls calls() {
			return new Calls();
		}

		@Bean
		S3ClientCustomizer countingCalls(Calls calls) {
			return (builder) -> builder.overrideConfiguration(
					builder.overrideConfiguration().toBuilder().addExecutionInterceptor(calls).build());
		}

	}

}
