package io.clipvault.objects;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;

import io.clipvault.kit.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A bucket for each test and the calls that the contracts of all rooms make. */
public abstract class ObjectsContract {

	private static final List<String> FEATURES_THAT_THE_ENGINE_LACKS = List.of("lifecycle rules", "CORS rules",
			"versioning", "bucket policies");

	protected static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<String> made = new ArrayList<>();

	protected final Caller caller;

	protected final S3Client s3;

	private final boolean allFeatures;

	protected String bucket = "";

	protected ObjectsContract(int port, S3Client s3, boolean allFeatures) {
		this.caller = new Caller(port);
		this.s3 = s3;
		this.allFeatures = allFeatures;
	}

	/** Whether the store has versions, lifecycle and CORS rules and policies. */
	protected final boolean hasAllFeatures() {
		return this.allFeatures;
	}

	/** Whether the store says that it lacks a subresource; the engine lacks all. */
	protected final boolean lacks(String subresource) {
		return this.caller.get("/buckets/" + this.bucket + "/" + subresource).status() == 501;
	}

	/**
	 * Reports the rest of a test as skipped on a given store; that the engine lacks
	 * something is what its test is about.
	 */
	protected final void skipWithout(String feature) {
		assertThat(this.allFeatures || FEATURES_THAT_THE_ENGINE_LACKS.contains(feature)).as(feature).isTrue();
		Assumptions.assumeFalse(this.allFeatures, "this store does not support " + feature);
	}

	@BeforeEach
	void makeBucket() {
		this.bucket = newBucket();
	}

	@AfterEach
	void removeBuckets() {
		for (String name : this.made) {
			if (this.caller.get("/buckets/" + name).status() == 200) {
				assertThat(purge(name).path("state").asString()).isEqualTo("completed");
			}
		}
	}

	protected String newBucket() {
		String name = "objects-" + UUID.randomUUID();
		Caller.Answer answer = this.caller.post("/buckets", "{\"name\": \"" + name + "\"}");
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Location")).hasValue("/buckets/" + name);
		this.made.add(name);
		return name;
	}

	protected JsonNode purge(String name) {
		Caller.Answer begun = send("DELETE", "/buckets/" + name + "?purge=true");
		assertThat(begun.status()).isEqualTo(202);
		String location = begun.header("Location").orElseThrow();
		return await().atMost(PATIENCE)
			.until(() -> this.caller.get(location).json(),
					(purge) -> !purge.path("state").asString().equals("running"));
	}

	protected static void assertUnsupported(Caller.Answer answer, String feature) {
		assertThat(answer.status()).isEqualTo(501);
		assertThat(answer.problem()).isEqualTo("store-cannot");
		assertThat(answer.detail()).containsAnyOf("engine", "S3-compatible store").contains(feature);
		assertThat(answer.json().path("store_code").asString()).isNotBlank();
	}

	protected void assertNoUploads() {
		assertThat(this.s3.listMultipartUploads((list) -> list.bucket(this.bucket)).uploads()).isEmpty();
	}

	protected List<String> listKeys() {
		return pages("/buckets/" + this.bucket + "/objects", "objects", "key");
	}

	/** Reads a list page by page and answers with one field of all entries. */
	protected List<String> pages(String address, String list, String field) {
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

	protected static List<String> texts(JsonNode list, String field) {
		return StreamSupport.stream(list.spliterator(), false).map((node) -> node.path(field).asString()).toList();
	}

	protected static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	protected String object(String key) {
		return "/buckets/" + this.bucket + "/objects/"
				+ URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
	}

	protected void put(String key) {
		put(key, "x");
	}

	protected void put(String key, String content) {
		Caller.Answer stored = this.caller
			.send(this.caller.request(object(key)).PUT(HttpRequest.BodyPublishers.ofString(content)));
		assertThat(stored.status()).as(key).isEqualTo(201);
	}

	protected Caller.Answer get(String key, String header, String value) {
		return this.caller.send(this.caller.request(object(key)).header(header, value));
	}

	protected Caller.Answer send(String method, String path) {
		return this.caller.send(this.caller.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	protected Caller.Answer json(String method, String path, String body) {
		return this.caller.send(this.caller.request(path)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

}
