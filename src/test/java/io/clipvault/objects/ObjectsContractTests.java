package io.clipvault.objects;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import io.clipvault.kit.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every call on buckets and objects, the same on every store. */
abstract class ObjectsContractTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final JsonMapper JSON = new JsonMapper();

	private final List<String> made = new ArrayList<>();

	private final Caller caller;

	private final S3Client s3;

	private String bucket = "";

	ObjectsContractTests(int port, S3Client s3) {
		this.caller = new Caller(port);
		this.s3 = s3;
	}

	/** Whether the store has versions, lifecycle and CORS rules and policies. */
	abstract boolean hasAllFeatures();

	@BeforeEach
	void makeBucket() {
		this.bucket = newBucket();
	}

	@AfterEach
	void removeBuckets() {
		for (String name : this.made) {
			if (this.caller.get("/buckets/" + name).status() == 200) {
				assertThat(purged(name).path("state").asString()).isEqualTo("completed");
			}
		}
	}

	private String newBucket() {
		String name = "objects-" + UUID.randomUUID();
		Caller.Answer answer = this.caller.post("/buckets", "{\"name\": \"" + name + "\"}");
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Location")).hasValue("/buckets/" + name);
		this.made.add(name);
		return name;
	}

	private JsonNode purged(String name) {
		Caller.Answer begun = send("DELETE", "/buckets/" + name + "?purge=true");
		assertThat(begun.status()).isEqualTo(202);
		String location = begun.header("Location").orElseThrow();
		return await().atMost(PATIENCE)
			.until(() -> this.caller.get(location).json(),
					(purge) -> !purge.path("state").asString().equals("running"));
	}

	@Test
	void createWhenBucketIsThereIsRefused() {
		Caller.Answer again = this.caller.post("/buckets", "{\"name\": \"" + this.bucket + "\"}");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("bucket-exists");
		assertThat(again.detail()).contains(this.bucket);
	}

	@Test
	void listShowsBucketsPageByPage() {
		String second = newBucket();
		List<String> names = pages("/buckets?limit=1", "buckets", "name");
		assertThat(names).contains(this.bucket, second).doesNotHaveDuplicates().isSorted();
	}

	@Test
	void deleteWhenNotEmptyTellsTheCountAndWhenEmptyRemoves() {
		put("a");
		put("b/c");
		Caller.Answer refused = send("DELETE", "/buckets/" + this.bucket);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("bucket-not-empty");
		assertThat(refused.json().path("objects").asInt()).isEqualTo(2);
		assertThat(refused.detail()).contains("2 objects").contains("purge=true");
		assertThat(send("DELETE", object("a")).status()).isEqualTo(204);
		assertThat(send("DELETE", object("b/c")).status()).isEqualTo(204);
		assertThat(send("DELETE", "/buckets/" + this.bucket).status()).isEqualTo(204);
		Caller.Answer gone = this.caller.get("/buckets/" + this.bucket);
		assertThat(gone.status()).isEqualTo(404);
		assertThat(gone.problem()).isEqualTo("bucket-not-found");
		assertThat(send("DELETE", "/buckets/" + this.bucket).problem()).isEqualTo("bucket-not-found");
		assertThat(send("DELETE", "/buckets/" + this.bucket + "?purge=true").problem()).isEqualTo("bucket-not-found");
		assertThat(this.caller.get("/buckets/" + this.bucket + "/purge").problem()).isEqualTo("purge-not-found");
	}

	@Test
	void purgeRemovesVersionsAndUnfinishedUploads() {
		if (hasAllFeatures()) {
			json("PUT", "/buckets/" + this.bucket + "/versioning", "{\"status\": \"enabled\"}");
		}
		put("twice");
		put("twice");
		put("gone");
		send("DELETE", object("gone"));
		this.s3.createMultipartUpload((upload) -> upload.bucket(this.bucket).key("begun"));
		JsonNode purge = purged(this.bucket);
		assertThat(purge.path("state").asString()).isEqualTo("completed");
		assertThat(purge.path("removed").asInt()).isEqualTo(hasAllFeatures() ? 5 : 2);
		assertThat(this.caller.get("/buckets/" + this.bucket).status()).isEqualTo(404);
	}

	@Test
	void putKeepsBytesTypeAndUnicodeMetadata() {
		byte[] content = random(100_000);
		Caller.Answer stored = this.caller.send(this.caller.request(object("folder/a.txt"))
			.header("Content-Type", "text/x-own")
			.header("Cache-Control", "max-age=60")
			.header("x-amz-meta-Title", "=?UTF-8?B?w5xiZXJibGljayDwn46s?=")
			.header("x-amz-meta-plain", "as it is")
			.PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().path("size").asInt()).isEqualTo(100_000);

		Caller.Answer read = this.caller.get(object("folder/a.txt"));
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.body()).isEqualTo(content);
		assertThat(read.header("Content-Type")).hasValue("text/x-own");
		assertThat(read.header("Cache-Control")).hasValue("max-age=60");
		assertThat(read.header("ETag")).isEqualTo(stored.header("ETag"));
		assertThat(read.header("x-amz-meta-plain")).hasValue("as it is");
		assertThat(EncodedWords.decode(read.header("x-amz-meta-title").orElseThrow())).isEqualTo("Überblick 🎬");

		JsonNode details = this.caller.get("/buckets/" + this.bucket + "/details?key=folder/a.txt").json();
		assertThat(details.path("metadata").path("title").asString()).isEqualTo("Überblick 🎬");
		assertThat(details.path("storage_class").asString()).isEqualTo("STANDARD");
		assertThat(details.path("size").asLong()).isEqualTo(100_000);
	}

	@Test
	void putWhenLengthIsUnknownGoesByParts() {
		byte[] content = random(12_000_000);
		Caller.Answer stored = this.caller.send(this.caller.request(object("large.mp4"))
			.header("x-amz-meta-kind", "clip")
			.PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().path("size").asInt()).isEqualTo(content.length);
		Caller.Answer read = this.caller.get(object("large.mp4"));
		assertThat(read.body()).isEqualTo(content);
		assertThat(read.header("Content-Type")).hasValue("video/mp4");
		assertThat(read.header("x-amz-meta-kind")).hasValue("clip");
		assertNoUploads();
	}

	@Test
	void putWhenLengthIsAPartExactlyIsNotSplit() {
		byte[] content = random(5 * 1024 * 1024);
		Caller.Answer stored = this.caller.send(this.caller.request(object("part"))
			.PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
		assertThat(stored.header("ETag").orElseThrow()).doesNotContain("-");
		assertThat(this.caller.get(object("part")).body()).isEqualTo(content);
	}

	@Test
	void putWhenOnlyIfNewKeepsWhatIsThere() {
		put("small", "first");
		for (byte[] content : List.of(random(10), random(6_000_000))) {
			Caller.Answer refused = putIfNew("small", content);
			assertThat(refused.status()).isEqualTo(412);
			assertThat(refused.problem()).isEqualTo("condition-failed");
		}
		assertThat(this.caller.get(object("small")).body()).asString().isEqualTo("first");
		assertThat(putIfNew("new", random(6_000_000)).status()).isEqualTo(201);
		assertNoUploads();
	}

	private Caller.Answer putIfNew(String key, byte[] content) {
		return this.caller.send(this.caller.request(object(key))
			.header("If-None-Match", "*")
			.PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
	}

	@Test
	void putWhenObjectIsEmptyIsTaken() {
		put("empty", "");
		Caller.Answer read = this.caller.get(object("empty"));
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.body()).isEmpty();
	}

	@Test
	void putWhenFormTypeIsNamedKeepsTheBytes() {
		this.caller.send(this.caller.request(object("form"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.PUT(HttpRequest.BodyPublishers.ofString("a=b&c")));
		assertThat(this.caller.get(object("form")).body()).asString().isEqualTo("a=b&c");
		assertThat(this.caller.get(object("form")).header("Content-Type")).hasValue("application/octet-stream");
	}

	@Test
	void putWhenBucketIsMissingSaysSo() {
		Caller.Answer refused = this.caller.send(this.caller.request("/buckets/" + this.bucket + "x/objects/a")
			.PUT(HttpRequest.BodyPublishers.ofString("a")));
		assertThat(refused.status()).isEqualTo(404);
		assertThat(refused.problem()).isEqualTo("bucket-not-found");
		assertThat(refused.detail()).contains(this.bucket + "x");
		assertThat(refused.json().path("store_code").asString()).isEqualTo("NoSuchBucket");
	}

	@Test
	void putWhenEncryptionIsNotToBeHadIsRefusedByName() {
		Caller.Answer refused = this.caller.send(this.caller.request(object("secret"))
			.header("x-amz-server-side-encryption", "aws:kms")
			.header("x-amz-server-side-encryption-aws-kms-key-id", "no-such-key")
			.PUT(HttpRequest.BodyPublishers.ofString("a")));
		assertThat(refused.status()).isIn(422, 501);
		assertThat(refused.json().path("store_code").asString()).isNotBlank();
		assertThat(this.caller.get(object("secret")).status()).isEqualTo(404);
	}

	@Test
	void getWithRanges() {
		put("digits", "0123456789");
		String etag = this.caller.get(object("digits")).header("ETag").orElseThrow();
		Caller.Answer part = get("digits", "Range", "bytes=2-4");
		assertThat(part.status()).isEqualTo(206);
		assertThat(part.body()).asString().isEqualTo("234");
		assertThat(part.header("Content-Range")).hasValue("bytes 2-4/10");
		assertThat(get("digits", "Range", "bytes=-3").body()).asString().isEqualTo("789");
		assertThat(get("digits", "Range", "bytes=0-0,5-6").body()).asString().isEqualTo("0123456789");
		Caller.Answer outside = get("digits", "Range", "bytes=20-");
		assertThat(outside.status()).isEqualTo(416);
		assertThat(outside.problem()).isEqualTo("range-not-satisfiable");
		Caller.Answer same = this.caller
			.send(this.caller.request(object("digits")).header("Range", "bytes=2-4").header("If-Range", etag));
		assertThat(same.body()).asString().isEqualTo("234");
		Caller.Answer other = this.caller
			.send(this.caller.request(object("digits")).header("Range", "bytes=2-4").header("If-Range", "\"other\""));
		assertThat(other.status()).isEqualTo(200);
	}

	@Test
	void getWithConditions() {
		put("digits", "0123456789");
		Caller.Answer whole = this.caller.get(object("digits"));
		String etag = whole.header("ETag").orElseThrow();
		Caller.Answer same = get("digits", "If-None-Match", etag);
		assertThat(same.status()).isEqualTo(304);
		assertThat(same.header("ETag")).hasValue(etag);
		assertThat(same.body()).isEmpty();
		assertThat(get("digits", "If-None-Match", "\"other\"").status()).isEqualTo(200);
		assertThat(get("digits", "If-Modified-Since", whole.header("Last-Modified").orElseThrow()).status())
			.isEqualTo(304);
		Caller.Answer failed = get("digits", "If-Match", "\"other\"");
		assertThat(failed.status()).isEqualTo(412);
		assertThat(failed.problem()).isEqualTo("condition-failed");
	}

	@Test
	void headDescribesWithoutABodyAndGetTakesADownloadName() {
		put("digits", "0123456789");
		Caller.Answer head = send("HEAD", object("digits"));
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.header("Content-Length")).hasValue("10");
		assertThat(head.body()).isEmpty();
		assertThat(send("HEAD", object("none")).status()).isEqualTo(404);
		assertThat(this.caller.get(object("digits") + "?download_name=%C3%BCber.txt")
			.header("Content-Disposition")
			.orElseThrow()).startsWith("attachment").contains("filename*=UTF-8''%C3%BCber.txt");
	}

	@Test
	void getWhenObjectIsMissingNamesIt() {
		Caller.Answer missing = this.caller.get(object("none/there"));
		assertThat(missing.status()).isEqualTo(404);
		assertThat(missing.problem()).isEqualTo("object-not-found");
		assertThat(missing.detail()).contains("none/there").contains(this.bucket);
	}

	@Test
	void listFoldsPagesAndStartsAfter() {
		List.of("a", "b/1", "b/2", "c/1", "d", "ü").forEach(this::put);
		String objects = "/buckets/" + this.bucket + "/objects";
		JsonNode folded = this.caller.get(objects + "?delimiter=/").json();
		assertThat(texts(folded.path("objects"), "key")).containsExactly("a", "d", "ü");
		assertThat(folded.path("prefixes")).extracting(JsonNode::asString).containsExactly("b/", "c/");
		assertThat(pages(objects + "?prefix=b/", "objects", "key")).containsExactly("b/1", "b/2");
		assertThat(pages(objects + "?limit=2&start_after=b/2", "objects", "key")).containsExactly("c/1", "d", "ü");
		assertThat(pages(objects + "?limit=2", "objects", "key")).containsExactly("a", "b/1", "b/2", "c/1", "d", "ü");
		assertThat(this.caller.get(objects + "?limit=0").status()).isEqualTo(400);
		assertThat(this.caller.get(objects + "?limit=1001").status()).isEqualTo(400);
		assertThat(this.caller.get(objects + "?cursor=%21").problem()).isEqualTo("invalid-request");
	}

	@Test
	void batchDeleteTellsEachResult() {
		List.of("k0", "k1500", "ü k").forEach(this::put);
		String named = IntStream.range(0, 2100)
			.mapToObj((number) -> "{\"key\": \"k" + number + "\"}")
			.collect(Collectors.joining(",", "", ",{\"key\": \"ü k\"},{\"key\": \"a\\u0001b\"}"));
		Caller.Answer answer = json("DELETE", "/buckets/" + this.bucket + "/objects", "{\"objects\": [" + named + "]}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("results").size()).isEqualTo(2102);
		assertThat(answer.json().path("deleted").asInt()).isEqualTo(2101);
		JsonNode refused = answer.json().path("results").get(2101);
		assertThat(refused.path("deleted").asBoolean()).isFalse();
		assertThat(refused.path("detail").asString()).contains("U+0001");
		assertThat(listed()).isEmpty();
		assertThat(json("POST", "/buckets/" + this.bucket + "/deletions", "{\"objects\": []}").status()).isEqualTo(400);
	}

	@Test
	void copyKeepsOrReplacesMetadataWithinAndAcrossBuckets() {
		this.caller.send(this.caller.request(object("source"))
			.header("Content-Type", "text/x-own")
			.header("x-amz-meta-title", "=?UTF-8?B?w5w=?=")
			.PUT(HttpRequest.BodyPublishers.ofString("content")));
		Caller.Answer kept = json("POST", "/buckets/" + this.bucket + "/copies",
				"{\"source_key\": \"source\", \"key\": \"copies/ü +%\"}");
		assertThat(kept.status()).isEqualTo(201);
		assertThat(kept.json().path("metadata").path("title").asString()).isEqualTo("Ü");
		assertThat(kept.json().path("content_type").asString()).isEqualTo("text/x-own");

		String other = newBucket();
		Caller.Answer replaced = json("POST", "/buckets/" + other + "/copies", """
				{"source_bucket": "%s", "source_key": "copies/ü +%%", "key": "b", "metadata": {"Kind": "größer"}}"""
			.formatted(this.bucket));
		assertThat(replaced.status()).isEqualTo(201);
		assertThat(replaced.json().path("metadata").path("kind").asString()).isEqualTo("größer");
		assertThat(replaced.json().path("metadata").has("title")).isFalse();
		assertThat(replaced.json().path("content_type").asString()).isEqualTo("text/x-own");
		assertThat(this.caller.get("/buckets/" + other + "/objects/b").body()).asString().isEqualTo("content");

		Caller.Answer missing = json("POST", "/buckets/" + this.bucket + "/copies",
				"{\"source_key\": \"none\", \"key\": \"c\"}");
		assertThat(missing.status()).isEqualTo(404);
		assertThat(missing.detail()).contains("'none'");
	}

	@Test
	void copyWhenLargeGoesByPartsWithItsMetadata() {
		byte[] content = random(7_000_000);
		this.caller.send(this.caller.request(object("large"))
			.header("Content-Type", "video/mp4")
			.header("x-amz-meta-title", "=?UTF-8?B?w5w=?=")
			.PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
		Caller.Answer copied = json("POST", "/buckets/" + this.bucket + "/copies",
				"{\"source_key\": \"large\", \"key\": \"copy\"}");
		assertThat(copied.status()).isEqualTo(201);
		assertThat(copied.json().path("etag").asString()).contains("-2");
		assertThat(copied.json().path("metadata").path("title").asString()).isEqualTo("Ü");
		assertThat(copied.json().path("content_type").asString()).isEqualTo("video/mp4");
		assertThat(this.caller.get(object("copy")).body()).isEqualTo(content);
		assertNoUploads();
	}

	static List<String> keys() {
		return List.of("plain", "/leading", "a//b", "//", "a/../b", "../up", "./x", "x/.", ".", "..", "trailing/",
				"é漢字😀", "é", "+ %", "%2F", "%", "#?&;=", "a;b=c/d;e", "a b", "a\\b", "'\"<>{}|^`~[]@!$*(),:",
				"k".repeat(1024), "ü".repeat(512), "d".repeat(200) + "/" + "e".repeat(200), "x".repeat(255), "\uFFFD");
	}

	@ParameterizedTest
	@MethodSource("keys")
	void keysAreCarriedExactlyOrRefusedWithASentence(String key) {
		String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
		boolean byQuery = carries("/buckets/" + this.bucket + "/object?key=" + encoded, key);
		assertThat(byQuery || !hasAllFeatures()).as("a store of any keys takes '%s'", key).isTrue();
		String inPath = encoded.replace("+", "%20");
		carries("/buckets/" + this.bucket + "/objects/" + inPath, key);
		carries("/buckets/" + this.bucket + "/objects/" + inPath.replace("%2F", "/"), key);
	}

	private boolean carries(String address, String key) {
		byte[] content = key.endsWith("/") ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
		Caller.Answer stored = this.caller
			.send(this.caller.request(address).PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
		if (stored.status() != 201) {
			assertThat(stored.status()).isIn(400, 422);
			assertThat(stored.detail()).isNotBlank();
			assertThat(listed()).isEmpty();
			assertThat(this.caller.get(address).status()).isIn(400, 404, 422);
			return false;
		}
		assertThat(stored.json().path("key").asString()).isEqualTo(key);
		assertThat(listed()).containsExactly(key);
		assertThat(this.caller.get(address).body()).isEqualTo(content);
		assertThat(send("HEAD", address).status()).isEqualTo(200);
		Caller.Answer copied = json("POST", "/buckets/" + this.bucket + "/copies",
				JSON.writeValueAsString(Map.of("source_key", key, "key", "copy")));
		assertThat(copied.status()).isEqualTo(201);
		Caller.Answer removed = json("DELETE", "/buckets/" + this.bucket + "/objects",
				JSON.writeValueAsString(Map.of("objects", List.of(Map.of("key", key), Map.of("key", "copy")))));
		assertThat(removed.json().path("deleted").asInt()).isEqualTo(2);
		assertThat(listed()).isEmpty();
		return true;
	}

	@Test
	void keysThatNobodyCanCarryAreRefused() {
		for (String key : List.of("%01", "%FF", "%ED%A0%80", "a%0Ab", "k".repeat(1025), "")) {
			Caller.Answer refused = this.caller
				.send(this.caller.request("/buckets/" + this.bucket + "/object?key=" + key)
					.PUT(HttpRequest.BodyPublishers.ofString("a")));
			assertThat(refused.status()).as(key).isEqualTo(422);
			assertThat(refused.problem()).isEqualTo("invalid-object-key");
		}
		String address = "/buckets/" + this.bucket + "/object";
		assertThat(this.caller.get(address).problem()).isEqualTo("invalid-request");
		assertThat(this.caller.get(address + "?key=a&key=b").problem()).isEqualTo("invalid-request");
	}

	@Test
	void versionsAreKeptReadRestoredAndRemoved() {
		String versioning = "/buckets/" + this.bucket + "/versioning";
		if (!hasAllFeatures()) {
			assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("off");
			assertUnsupported(json("PUT", versioning, "{\"status\": \"enabled\"}"), "versioning");
			assertUnsupported(this.caller.get("/buckets/" + this.bucket + "/versions"), "versioning");
			return;
		}
		assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("off");
		assertThat(json("PUT", versioning, "{\"status\": \"enabled\"}").json().path("status").asString())
			.isEqualTo("enabled");
		assertThat(json("PUT", versioning, "{\"status\": \"off\"}").problem()).isEqualTo("invalid-request");
		put("note", "one");
		put("note", "two");
		send("DELETE", object("note"));
		assertThat(this.caller.get(object("note")).status()).isEqualTo(404);

		String versions = "/buckets/" + this.bucket + "/versions";
		List<String> ids = pages(versions + "?prefix=note&limit=2", "versions", "version_id");
		assertThat(ids).hasSize(3).doesNotHaveDuplicates();
		JsonNode newest = this.caller.get(versions).json().path("versions").get(0);
		assertThat(newest.path("delete_marker").asBoolean()).isTrue();
		assertThat(newest.path("latest").asBoolean()).isTrue();
		assertThat(newest.path("version_id").asString()).isEqualTo(ids.getFirst());
		assertThat(this.caller.get(object("note") + "?version_id=" + ids.getLast()).body()).asString().isEqualTo("one");

		Caller.Answer restored = json("POST", versions + "/restore",
				"{\"key\": \"note\", \"version_id\": \"" + ids.getLast() + "\"}");
		assertThat(restored.status()).isEqualTo(201);
		assertThat(this.caller.get(object("note")).body()).asString().isEqualTo("one");
		assertThat(send("DELETE", object("note") + "?version_id=" + ids.getFirst()).status()).isEqualTo(204);
		assertThat(this.caller.get(versions).json().path("versions").size()).isEqualTo(3);
		assertThat(this.caller.get(object("note") + "?version_id=nonsense").status()).isIn(404, 422);

		json("PUT", versioning, "{\"status\": \"suspended\"}");
		assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("suspended");
		assertThat(send("DELETE", "/buckets/" + this.bucket).json().path("older_versions").asInt()).isEqualTo(2);
	}

	@Test
	void lifecycleRulesAreSetReadRemovedAndPreset() {
		String lifecycle = "/buckets/" + this.bucket + "/lifecycle";
		String rule = """
				{"rules": [{"id": "drafts", "filter": {"prefix": "drafts/"}, "expiration": {"days": 30},
				 "older_versions": {"expire_after_days": 3}, "abort_multipart_after_days": 2,
				 "transitions": [{"days": 10, "storage_class": "GLACIER"}]}]}""";
		if (!hasAllFeatures()) {
			assertUnsupported(this.caller.get(lifecycle), "lifecycle rules");
			assertUnsupported(json("PUT", lifecycle, rule), "lifecycle rules");
			assertUnsupported(json("POST", lifecycle + "/preset", "{}"), "lifecycle rules");
			assertUnsupported(send("DELETE", lifecycle), "lifecycle rules");
			return;
		}
		assertThat(this.caller.get(lifecycle).json().path("rules")).isEmpty();
		JsonNode set = json("PUT", lifecycle, rule).json().path("rules").get(0);
		assertThat(set.path("filter").path("prefix").asString()).isEqualTo("drafts/");
		assertThat(set.path("expiration").path("days").asInt()).isEqualTo(30);
		assertThat(set.path("older_versions").path("expire_after_days").asInt()).isEqualTo(3);
		assertThat(set.path("abort_multipart_after_days").asInt()).isEqualTo(2);
		assertThat(set.path("transitions").get(0).path("storage_class").asString()).isEqualTo("GLACIER");

		json("POST", lifecycle + "/preset", "{\"archive_after_days\": 45}");
		JsonNode rules = json("POST", lifecycle + "/preset", "{\"archive_after_days\": 60}").json().path("rules");
		assertThat(texts(rules, "id")).containsExactlyInAnyOrder("drafts", BucketRules.PRESET_CLIPS,
				BucketRules.PRESET_UPLOADS);
		JsonNode clips = StreamSupport.stream(rules.spliterator(), false)
			.filter((entry) -> entry.path("id").asString().equals(BucketRules.PRESET_CLIPS))
			.findFirst()
			.orElseThrow();
		assertThat(clips.path("transitions"))
			.extracting((move) -> move.path("days").asInt() + " " + move.path("storage_class").asString())
			.containsExactlyInAnyOrder("0 INTELLIGENT_TIERING", "60 GLACIER_IR");
		assertThat(send("DELETE", lifecycle).status()).isEqualTo(204);
		assertThat(this.caller.get(lifecycle).json().path("rules")).isEmpty();
		assertThat(json("PUT", lifecycle, "{\"rules\": []}").problem()).isEqualTo("invalid-request");
	}

	@Test
	void corsRulesAreSetReadAndRemoved() {
		String cors = "/buckets/" + this.bucket + "/cors";
		String rules = """
				{"rules": [{"allowed_origins": ["https://clips.example.org"], "allowed_methods": ["GET", "PUT"],
				 "allowed_headers": ["*"], "expose_headers": ["ETag"], "max_age_seconds": 300}]}""";
		if (!hasAllFeatures()) {
			assertUnsupported(this.caller.get(cors), "CORS rules");
			assertUnsupported(json("PUT", cors, rules), "CORS rules");
			assertUnsupported(send("DELETE", cors), "CORS rules");
			return;
		}
		assertThat(this.caller.get(cors).json().path("rules")).isEmpty();
		JsonNode rule = json("PUT", cors, rules).json().path("rules").get(0);
		assertThat(rule.path("allowed_origins").get(0).asString()).isEqualTo("https://clips.example.org");
		assertThat(rule.path("allowed_methods").size()).isEqualTo(2);
		assertThat(rule.path("max_age_seconds").asInt()).isEqualTo(300);
		assertThat(send("DELETE", cors).status()).isEqualTo(204);
		assertThat(this.caller.get(cors).json().path("rules")).isEmpty();
	}

	@Test
	void publicUrlIsGivenWhereThePolicyLetsAnyoneRead() {
		put("pub/a b.txt", "open");
		String details = "/buckets/" + this.bucket + "/details?key=";
		if (!hasAllFeatures()) {
			assertThat(this.caller.get(details + "pub/a%20b.txt").json().has("public_url")).isFalse();
			return;
		}
		this.s3.putBucketPolicy((policy) -> policy.bucket(this.bucket).policy("""
				{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
				 "Resource": "arn:aws:s3:::%s/pub/*"}]}""".formatted(this.bucket)));
		String address = this.caller.get(details + "pub/a%20b.txt").json().path("public_url").asString();
		assertThat(this.caller.get(address).body()).asString().isEqualTo("open");
		this.s3.putObject((put) -> put.bucket(this.bucket).key("private"), RequestBody.fromString("closed"));
		assertThat(this.caller.get(details + "private").json().has("public_url")).isFalse();
	}

	@Test
	void reportCountsClassesPrefixesAndCosts() {
		put("one/a", "12345");
		put("one/b", "12345");
		put("two/c", "123");
		put("root", "1");
		String report = "/storage/report?prefixes=2&bucket=" + this.bucket;
		JsonNode figures = await().atMost(PATIENCE)
			.until(() -> this.caller.get(report).json(), (answer) -> answer.path("state").asString().equals("ready"))
			.path("figures");
		assertThat(figures.path("objects").asInt()).isEqualTo(4);
		assertThat(figures.path("bytes").asInt()).isEqualTo(14);
		assertThat(figures.path("by_storage_class").get(0).path("storage_class").asString()).isEqualTo("STANDARD");
		assertThat(texts(figures.path("by_prefix"), "prefix")).containsExactly("one/", "two/", Tally.OTHERS);
		assertThat(figures.path("monthly_cost").isNumber()).isTrue();
		put("later");
		assertThat(this.caller.get(report).json().path("figures").path("objects").asInt()).isEqualTo(4);
		await().atMost(PATIENCE)
			.until(() -> this.caller.get(report + "&refresh=true").json().path("figures").path("objects").asInt() == 5);
		assertThat(this.caller.get("/storage/report?bucket=" + this.bucket + "x").problem())
			.isEqualTo("bucket-not-found");
	}

	private static void assertUnsupported(Caller.Answer answer, String feature) {
		assertThat(answer.status()).isEqualTo(501);
		assertThat(answer.problem()).isEqualTo("store-cannot");
		assertThat(answer.detail()).contains("engine").contains(feature);
		assertThat(answer.json().path("store_code").asString()).isEqualTo("NotImplemented");
	}

	private void assertNoUploads() {
		assertThat(this.s3.listMultipartUploads((list) -> list.bucket(this.bucket)).uploads()).isEmpty();
	}

	private List<String> listed() {
		return pages("/buckets/" + this.bucket + "/objects", "objects", "key");
	}

	/** A field of all entries of a list, which is read page by page. */
	private List<String> pages(String address, String list, String field) {
		List<String> texts = new ArrayList<>();
		String next = address;
		while (next != null) {
			Caller.Answer page = this.caller.get(next);
			assertThat(page.status()).isEqualTo(200);
			texts.addAll(texts(page.json().path(list), field));
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse(null);
		}
		return texts;
	}

	private static List<String> texts(JsonNode list, String field) {
		return StreamSupport.stream(list.spliterator(), false).map((node) -> node.path(field).asString()).toList();
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private String object(String key) {
		return "/buckets/" + this.bucket + "/objects/"
				+ URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
	}

	private void put(String key) {
		put(key, "x");
	}

	private void put(String key, String content) {
		Caller.Answer stored = this.caller
			.send(this.caller.request(object(key)).PUT(HttpRequest.BodyPublishers.ofString(content)));
		assertThat(stored.status()).as(key).isEqualTo(201);
	}

	private Caller.Answer get(String key, String header, String value) {
		return this.caller.send(this.caller.request(object(key)).header(header, value));
	}

	private Caller.Answer send(String method, String path) {
		return this.caller.send(this.caller.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	private Caller.Answer json(String method, String path, String body) {
		return this.caller.send(this.caller.request(path)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

}
