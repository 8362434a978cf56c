package io.clipvault.links;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.clipvault.kit.Caller;
import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What signed links allow and what they do not, against a store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LinkContractTests {

	static final String FRONTEND = "http://frontend.example:3000";

	static final Map<String, String> SETTINGS = Map.of("clipvault.storage.bucket",
			"clipvault-links-" + UUID.randomUUID(), "clipvault.security.frontends", FRONTEND,
			"clipvault.links.public-bucket-url", "https://cdn.example.org/clips/");

	StoreUnderTest store;

	String bucket;

	Caller caller;

	abstract StoreUnderTest start();

	@BeforeAll
	void startStore() {
		this.store = start();
		this.bucket = this.store.serviceBucket();
		this.caller = this.store.caller();
		put("sample/talk_clip_1.mp4");
	}

	@AfterAll
	void closeStore() {
		this.store.close();
	}

	private void put(String key) {
		this.store.s3()
			.putObject((put) -> put.bucket(this.bucket).key(key).contentType("video/mp4"), RequestBody.fromString(key));
	}

	private JsonNode link(String json) {
		Caller.Answer answer = this.caller.post("/links", json);
		assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
		return answer.json();
	}

	private Caller.Answer follow(JsonNode link) {
		return this.caller.send(this.caller.request(link.path("url").asString()));
	}

	private static String text(Caller.Answer answer) {
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	static List<String> keys() {
		return List.of("plain.mp4", "two words.mp4", "a+b.mp4", "100%25 %.mp4", "#1 & ?=.mp4", "😀🎬.mp4",
				"cafe\u0301.mp4", "עברית.mp4", "semi;colon=,.mp4", "back\\slash.mp4", "deep/er/and/deeper.mp4",
				"no-extension", "~tilde'(star*)!.mp4", "n".repeat(200), "_uploads/x-a1b2c3d4.mp4");
	}

	@ParameterizedTest
	@MethodSource("keys")
	void linkWhenKeyIsUnusualOpensThatObject(String name) {
		String key = "kinds/" + name;
		put(key);

		JsonNode link = link("{\"key\": %s}".formatted(new JsonMapper().writeValueAsString(key)));

		assertThat(link.path("key").asString()).isEqualTo(key);
		assertThat(link.path("method").asString()).isEqualTo("GET");
		assertThat(link.path("headers")).isEmpty();
		assertThat(text(follow(link))).isEqualTo(key);
		assertThat(link.path("public_url").asString()).startsWith("https://cdn.example.org/clips/kinds/");
	}

	@Test
	void linkWhenNothingIsAskedLivesAnHourAndSaysSo() {
		Instant end = Instant.parse(link("{\"key\": \"sample/talk_clip_1.mp4\"}").path("expires_at").asString());

		assertThat(end).isBetween(Instant.now().plus(Duration.ofMinutes(58)),
				Instant.now().plus(Duration.ofMinutes(61)));
	}

	@Test
	void linkWhenSevenDaysAreAskedIsAcceptedByTheStore() {
		JsonNode link = link("{\"key\": \"sample/talk_clip_1.mp4\", \"expires_in\": \"7d\"}");

		assertThat(Instant.parse(link.path("expires_at").asString())).isBetween(
				Instant.now().plus(Duration.ofDays(7)).minusSeconds(120), Instant.now().plus(Duration.ofDays(7)));
		assertThat(follow(link).status()).isEqualTo(200);
	}

	@Test
	void linkWhenNameAndTypeAreGivenAnswersWithThem() {
		Caller.Answer saved = follow(link(
				"{\"key\": \"sample/talk_clip_1.mp4\", \"download_name\": \"Übung 1.mp4\", \"content_type\": \"application/octet-stream\"}"));
		assertThat(saved.header("Content-Disposition"))
			.hasValue("attachment; filename=\"Uebung 1.mp4\"; filename*=UTF-8''%C3%9Cbung%201.mp4");
		assertThat(saved.header("Content-Type")).hasValue("application/octet-stream");

		Caller.Answer shown = follow(link(
				"{\"key\": \"sample/talk_clip_1.mp4\", \"download_name\": \"a.mp4\", \"disposition\": \"inline\"}"));
		assertThat(shown.header("Content-Disposition")).hasValue("inline; filename=\"a.mp4\"; filename*=UTF-8''a.mp4");
		assertThat(shown.header("Content-Type")).hasValue("video/mp4");

		assertThat(follow(link("{\"key\": \"sample/talk_clip_1.mp4\", \"disposition\": \"attachment\"}"))
			.header("Content-Disposition")).hasValue("attachment");
		assertThat(follow(link("{\"key\": \"sample/talk_clip_1.mp4\"}")).header("Content-Disposition")).isEmpty();
	}

	@Test
	void linkWhenItIsChangedOpensNothing() {
		put("sample/secret.json");
		JsonNode link = link("{\"key\": \"sample/talk_clip_1.mp4\", \"download_name\": \"a.mp4\"}");
		String url = link.path("url").asString();

		assertThat(List.of(url.replace("talk_clip_1.mp4", "secret.json"), url.replace("a.mp4", "b.exe"),
				url.replace("Expires=3600", "Expires=7200")))
			.allSatisfy(
					(changed) -> assertThat(this.caller.send(this.caller.request(changed)).status()).isEqualTo(403));
		assertThat(this.caller.send(this.caller.request(url).PUT(HttpRequest.BodyPublishers.ofString("overwritten")))
			.status()).isEqualTo(403);
	}

	@Test
	void linkWhenKeysAreManyKeepsTheirOrder() {
		List<String> keys = IntStream.range(0, 100)
			.mapToObj((number) -> "many/%02d.mp4".formatted(99 - number))
			.toList();
		keys.forEach(this::put);

		JsonNode links = link("{\"keys\": %s}".formatted(new JsonMapper().writeValueAsString(keys))).path("links");

		assertThat(links.findValuesAsString("key")).isEqualTo(keys);
		assertThat(text(follow(links.get(17)))).isEqualTo(keys.get(17));
	}

	@Test
	void linkWhenAnObjectIsMissingIsNotFoundAndNamesIt() {
		Caller.Answer one = this.caller.post("/links", "{\"key\": \"sample/none.mp4\"}");
		assertThat(one.status()).isEqualTo(404);
		assertThat(one.problem()).isEqualTo("object-not-found");

		Caller.Answer many = this.caller.post("/links",
				"{\"keys\": [\"sample/talk_clip_1.mp4\", \"none/1\", \"none/2\"]}");
		assertThat(many.status()).isEqualTo(404);
		assertThat(many.detail()).contains("'none/1', 'none/2'").doesNotContain("talk_clip_1");
	}

	@Test
	void linkToWriteTakesExactlyWhatWasSigned() {
		JsonNode link = link(
				"{\"key\": \"inbox/new.mp4\", \"method\": \"PUT\", \"content_type\": \"video/mp4\", \"expires_in\": \"PT5M\"}");
		String url = link.path("url").asString();
		assertThat(link.path("headers").toString()).isEqualTo("{\"content-type\":\"video/mp4\"}");

		assertThat(write(url, "text/html").status()).isEqualTo(403);
		assertThat(write(url.replace("new.mp4", "other.mp4"), "video/mp4").status()).isEqualTo(403);
		assertThat(write(url, "video/mp4").status()).isEqualTo(200);
		assertThat(text(follow(link("{\"key\": \"inbox/new.mp4\"}")))).isEqualTo("written");
	}

	@Test
	void linkToWriteWhenNoTypeIsGivenNeedsNoHeader() {
		JsonNode link = link("{\"key\": \"inbox/plain.mp4\", \"method\": \"PUT\"}");

		assertThat(link.path("headers")).isEmpty();
		assertThat(this.caller
			.send(this.caller.request(link.path("url").asString()).PUT(HttpRequest.BodyPublishers.ofString("written")))
			.status()).isEqualTo(200);
	}

	private Caller.Answer write(String url, String type) {
		return this.caller.send(this.caller.request(url)
			.header("Content-Type", type)
			.PUT(HttpRequest.BodyPublishers.ofString("written")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"key\": \"\"}", "{\"key\": \"a\", \"keys\": [\"a\"]}", "{\"keys\": []}",
			"{\"keys\": [null]}", "{\"key\": \"a/../b\"}", "{\"key\": \"./a\"}", "{\"key\": \"a\\u0000b\"}",
			"{\"key\": \"\\ud83d\"}", "{\"key\": \"a\", \"expires_in\": \"8d\"}",
			"{\"key\": \"a\", \"expires_in\": 3600}", "{\"key\": \"a\", \"method\": \"DELETE\"}",
			"{\"key\": \"a\", \"download_name\": \"a\\r\\nX: y\"}", "{\"key\": \"a\", \"content_type\": \"a\\nb/c\"}",
			"{\"key\": \"a\", \"disposition\": \"form-data\"}", "{\"key\": \"a\", \"expires\": \"1h\"}",
			"{\"key\": \"a\", \"method\": \"PUT\", \"download_name\": \"a\"}" })
	void linkWhenRequestIsWrongSaysWhatIs(String json) {
		Caller.Answer answer = this.caller.post("/links", json);

		assertThat(answer.status()).as(answer.detail()).isEqualTo(400);
		assertThat(answer.problem()).isEqualTo("invalid-request");
	}

	@Test
	void linkWhenKeysAreTooManyOrTooLongIsRefused() {
		List<String> keys = IntStream.range(0, 101).mapToObj(Integer::toString).toList();
		String many = "{\"keys\": %s}".formatted(new JsonMapper().writeValueAsString(keys));

		assertThat(this.caller.post("/links", many).problem()).isEqualTo("invalid-request");
		assertThat(this.caller.post("/links", "{\"method\": \"PUT\", \"key\": \"%s\"}".formatted("é".repeat(512)))
			.status()).isEqualTo(200);
		assertThat(this.caller.post("/links", "{\"method\": \"PUT\", \"key\": \"%s\"}".formatted("é".repeat(512) + "x"))
			.problem()).isEqualTo("invalid-request");
	}

	@Test
	void corsWhenItIsSetLetsTheFrontendsThroughAndNobodyElse() {
		Caller.Answer set = this.caller
			.send(this.caller.request("/links/cors").PUT(HttpRequest.BodyPublishers.noBody()));
		skipWithoutCors(set);
		JsonNode report = set.json();
		assertThat(report.path("complete").asBoolean()).isTrue();
		assertThat(report.path("missing")).isEmpty();
		assertThat(report.path("frontends").get(0).asString()).isEqualTo(FRONTEND);
		assertThat(this.caller.get("/links/cors").json()).isEqualTo(report);

		String url = link("{\"key\": \"inbox/new.mp4\", \"method\": \"PUT\", \"content_type\": \"video/mp4\"}")
			.path("url")
			.asString();
		assertThat(preflight(url, FRONTEND).header("Access-Control-Allow-Origin")).hasValue(FRONTEND);
		assertThat(preflight(url, "http://elsewhere.example").header("Access-Control-Allow-Origin")).isEmpty();
	}

	static void skipWithoutCors(Caller.Answer answer) {
		if (answer.status() == 501) {
			assertThat(answer.problem()).isEqualTo("store-cannot");
			Assumptions.abort("this store has no calls for CORS rules: " + answer.detail());
		}
	}

	private Caller.Answer preflight(String url, String origin) {
		return this.caller.send(this.caller.request(url)
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "PUT")
			.header("Access-Control-Request-Headers", "content-type")
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
	}

	@Test
	void corsOfTheServiceItselfLetsTheFrontendsThroughAndNobodyElse() {
		Caller.Answer allowed = preflight("/links", FRONTEND);
		assertThat(allowed.status()).isEqualTo(200);
		assertThat(allowed.header("Access-Control-Allow-Origin")).hasValue(FRONTEND);
		assertThat(allowed.header("Access-Control-Allow-Headers")).hasValue("content-type");
		assertThat(preflight("/links", "http://elsewhere.example").status()).isEqualTo(403);

		Caller.Answer refused = this.caller.send(this.caller.request("/links")
			.header("Origin", FRONTEND)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}")));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.header("Access-Control-Allow-Origin")).as("a page reads problems too").hasValue(FRONTEND);
	}

}
