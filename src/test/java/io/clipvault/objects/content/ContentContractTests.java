package io.clipvault.objects.content;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.clipvault.kit.Caller;
import io.clipvault.objects.ObjectsContract;
import io.clipvault.objects.content.EncodedWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls on one object, the same on every store. */
abstract class ContentContractTests extends ObjectsContract {

	private static final JsonMapper JSON = new JsonMapper();

	ContentContractTests(int port, S3Client s3, boolean allFeatures) {
		super(port, s3, allFeatures);
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
	void putWhenLengthIsExactlyOnePartIsNotSplit() {
		byte[] content = random(5 * 1024 * 1024);
		Caller.Answer stored = this.caller.send(this.caller.request(object("part"))
			.PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
		assertThat(stored.header("ETag").orElseThrow()).doesNotContain("-");
		assertThat(this.caller.get(object("part")).body()).isEqualTo(content);
	}

	@Test
	void putWhenOnlyIfNewKeepsTheExistingObject() {
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
	void putWhenContentTypeIsAFormKeepsTheBytes() {
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
	void putWhenEncryptionIsUnavailableIsRefusedWithTheStoresCode() {
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
	void keysAreStoredExactlyOrRefusedWithASentence(String key) {
		String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8);
		boolean byQuery = storesExactly("/buckets/" + this.bucket + "/object?key=" + encoded, key);
		assertThat(byQuery || !hasAllFeatures()).as("a store of any keys takes '%s'", key).isTrue();
		String inPath = encoded.replace("+", "%20");
		storesExactly("/buckets/" + this.bucket + "/objects/" + inPath, key);
		storesExactly("/buckets/" + this.bucket + "/objects/" + inPath.replace("%2F", "/"), key);
	}

	private boolean storesExactly(String address, String key) {
		byte[] content = key.endsWith("/") ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
		Caller.Answer stored = this.caller
			.send(this.caller.request(address).PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
		if (stored.status() != 201) {
			assertThat(stored.status()).isIn(400, 422);
			assertThat(stored.detail()).isNotBlank();
			assertThat(listKeys()).isEmpty();
			assertThat(this.caller.get(address).status()).isIn(400, 404, 422);
			return false;
		}
		assertThat(stored.json().path("key").asString()).isEqualTo(key);
		assertThat(listKeys()).containsExactly(key);
		assertThat(this.caller.get(address).body()).isEqualTo(content);
		assertThat(send("HEAD", address).status()).isEqualTo(200);
		Caller.Answer copied = json("POST", "/buckets/" + this.bucket + "/copies",
				JSON.writeValueAsString(Map.of("source_key", key, "key", "copy")));
		assertThat(copied.status()).isEqualTo(201);
		Caller.Answer removed = json("DELETE", "/buckets/" + this.bucket + "/objects",
				JSON.writeValueAsString(Map.of("objects", List.of(Map.of("key", key), Map.of("key", "copy")))));
		assertThat(removed.json().path("deleted").asInt()).isEqualTo(2);
		assertThat(listKeys()).isEmpty();
		return true;
	}

	@Test
	void keysThatS3CannotStoreAreRefused() {
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

	private boolean lacksPolicies() {
		try {
			this.s3.getBucketPolicy((policy) -> policy.bucket(this.bucket));
			return true;
		}
		catch (S3Exception refused) {
			return !"NoSuchBucketPolicy".equals(refused.awsErrorDetails().errorCode());
		}
	}

	@Test
	void publicUrlIsShownIfThePolicyLetsAnyoneRead() {
		put("pub/a b.txt", "open");
		String details = "/buckets/" + this.bucket + "/details?key=";
		if (!hasAllFeatures()) {
			assertThat(this.caller.get(details + "pub/a%20b.txt").json().has("public_url")).isFalse();
			return;
		}
		if (lacksPolicies()) {
			skipWithout("bucket policies");
		}
		this.s3.putBucketPolicy((policy) -> policy.bucket(this.bucket).policy("""
				{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
				 "Resource": "arn:aws:s3:::%s/pub/*"}]}""".formatted(this.bucket)));
		String address = this.caller.get(details + "pub/a%20b.txt").json().path("public_url").asString();
		assertThat(this.caller.get(address).body()).asString().isEqualTo("open");
		this.s3.putObject((put) -> put.bucket(this.bucket).key("private"), RequestBody.fromString("closed"));
		assertThat(this.caller.get(details + "private").json().has("public_url")).isFalse();
	}

}
