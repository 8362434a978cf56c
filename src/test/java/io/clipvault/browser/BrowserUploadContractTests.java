package io.clipvault.browser;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.clipvault.kit.Caller;
import io.clipvault.kit.Form;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A frontend's page uploads with the released Uppy, and without any script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserUploadContractTests {

	private static final int SMALL = 1_000_003;

	/** Large enough that Uppy sends it in parts by default. */
	private static final int LARGE = 150_000_000;

	/** Small, but the page tells Uppy to send it in parts. */
	private static final int MEDIUM = 40_000_000;

	private static final int PART = 5 << 20;

	private static final int STOP_AFTER = 3;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final Frontend frontend = new Frontend();

	private StoreUnderTest store;

	private String bucket;

	private Caller caller;

	private Browser browser;

	abstract StoreUnderTest start(Map<String, String> settings);

	@BeforeAll
	void openPage() throws Exception {
		this.store = start(Map.of("clipvault.security.frontends", this.frontend.origin(), "clipvault.storage.bucket",
				"clipvault-browser-" + UUID.randomUUID()));
		this.bucket = this.store.serviceBucket();
		this.caller = this.store.caller();
		Caller.Answer cors = this.caller
			.send(this.caller.request("/links/cors").PUT(HttpRequest.BodyPublishers.noBody()));
		Assumptions.assumeFalse(cors.status() == 501,
				"pages cannot reach a store that has no calls for CORS rules: " + cors.detail());
		assertThat(cors.status()).isEqualTo(200);
		this.frontend.showUppy();
		this.browser = new Browser();
	}

	@AfterAll
	void closeAll() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.store != null) {
			this.store.close();
		}
		this.frontend.close();
	}

	@BeforeEach
	void freshPage() {
		this.browser.open(this.frontend.origin() + "/");
	}

	private void start(String mode, String name, int size, int seed) {
		start(mode, name, size, seed, Map.of());
	}

	private void start(String mode, String name, int size, int seed, Map<String, ?> more) {
		Map<String, Object> options = new HashMap<>(Map.of("service", this.caller.base(), "mode", mode, "name", name,
				"size", size, "seed", seed, "multipart", size == MEDIUM));
		options.putAll(more);
		this.browser.run("start(arguments[0])", options);
	}

	/** Starts an upload, lets Uppy pause it, and returns its key and id. */
	private JsonNode startAndStop(String mode, int size, int seed, String how) {
		start(mode, "stopped.mp4", size, seed, Map.of("stop", how, "stopAfter", STOP_AFTER));
		await().atMost(PATIENCE)
			.until(() -> this.browser.run("return upload.stopped !== null || upload.error !== null").asBoolean());
		assertThat(this.browser.run("return upload.error").isNull()).isTrue();
		return this.browser.run("return upload.stopped");
	}

	private static int partsOf(int size) {
		return (size + PART - 1) / PART;
	}

	private List<Integer> parts() {
		return this.browser.run("return upload.parts").valueStream().map(JsonNode::asInt).toList();
	}

	private String finished() {
		await().atMost(PATIENCE)
			.until(() -> this.browser.run("return upload.key !== null || upload.error !== null").asBoolean());
		assertThat(this.browser.run("return upload.error").isNull())
			.as(this.browser.run("return upload.error").toString())
			.isTrue();
		return this.browser.run("return upload.key").asString();
	}

	private void assertStored(String key, int size, int seed) throws IOException {
		S3Client s3 = this.store.s3();
		HeadObjectResponse head = s3.headObject((object) -> object.bucket(this.bucket).key(key));
		assertThat(head.contentLength()).isEqualTo(size);
		assertThat(head.contentType()).isEqualTo("video/mp4");
		try (InputStream stored = new BufferedInputStream(s3.getObject((get) -> get.bucket(this.bucket).key(key)),
				1 << 20)) {
			int x = seed;
			ByteBuffer word = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
			for (int position = 0; position < size; position += 4) {
				x ^= x << 13;
				x ^= x >>> 17;
				x ^= x << 5;
				word.clear().putInt(x);
				byte[] expected = (size - position >= 4) ? word.array() : Arrays.copyOf(word.array(), size - position);
				byte[] found = stored.readNBytes(expected.length);
				if (!Arrays.equals(found, expected)) {
					assertThat(found).as("bytes from %,d", position).isEqualTo(expected);
				}
			}
		}
	}

	private Caller.Answer partsOfTheStore(JsonNode begun) {
		return this.caller.get("/uppy/s3/multipart/%s?key=%s".formatted(begun.path("uploadId").asString(),
				URLEncoder.encode(begun.path("key").asString(), StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "companion", "signRequest" })
	void smallFileIsSentInOneRequest(String mode) throws IOException {
		start(mode, "Kleiner Clip.mp4", SMALL, 7);

		String key = finished();
		assertThat(key).matches("_uploads/.*Kleiner-Clip-[a-z0-9]{8}\\.mp4");
		assertThat(parts()).isEmpty();
		assertStored(key, SMALL, 7);
	}

	@ParameterizedTest
	@CsvSource({ "companion," + LARGE, "signRequest," + MEDIUM })
	void largeFileWhenPausedResumesWhereItStopped(String mode, int size) throws IOException {
		JsonNode begun = startAndStop(mode, size, 11, "pauseAll");
		await().during(Duration.ofSeconds(1)).until(() -> partsOfTheStore(begun).json().size() == STOP_AFTER);
		assertThat(this.browser.run("return upload.key").isNull()).isTrue();

		this.browser.run("upload.uppy.resumeAll()");

		String key = finished();
		assertThat(key).isEqualTo(begun.path("key").asString());
		assertThat(parts()).as("each part was sent once").doesNotHaveDuplicates().hasSize(partsOf(size));
		assertStored(key, size, 11);
	}

	@Test
	void uploadWhenThePageWasReloadedSendsOnlyWhatIsMissing() throws IOException {
		JsonNode begun = startAndStop("companion", MEDIUM, 13, "pauseAll");
		freshPage();

		start("companion", "stopped.mp4", MEDIUM, 13, Map.of("begun", begun));

		String key = finished();
		assertThat(key).isEqualTo(begun.path("key").asString());
		assertThat(parts()).hasSize(partsOf(MEDIUM) - STOP_AFTER).doesNotContain(1, 2, 3);
		assertStored(key, MEDIUM, 13);
	}

	@ParameterizedTest
	@ValueSource(strings = { "companion", "signRequest" })
	void uploadWhenItIsCancelledLeavesNothing(String mode) {
		JsonNode begun = startAndStop(mode, MEDIUM, 17, "cancelAll");

		await().atMost(PATIENCE)
			.until(() -> this.store.s3()
				.listMultipartUploads((list) -> list.bucket(this.bucket))
				.uploads()
				.stream()
				.noneMatch((upload) -> upload.uploadId().equals(begun.path("uploadId").asString())));
	}

	@Test
	void plainFormWithoutScriptsUploadsTheFileChosen() throws IOException {
		byte[] content = new byte[300_000];
		Arrays.fill(content, (byte) 42);
		Path file = Files.write(FreshFolders.create("form").resolve("chosen.mp4"), content);
		Form form = Form.of(this.caller.post("/uploads", "{\"file_name\": \"chosen.mp4\"}").json());
		StringBuilder html = new StringBuilder(
				"<!doctype html><form method=\"post\" enctype=\"multipart/form-data\" action=\"%s\">"
					.formatted(form.url()));
		form.fields()
			.forEach((name, value) -> html
				.append("<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, value)));
		this.frontend.show("/form",
				html.append("<input type=\"file\" name=\"file\"><button>Send</button></form>").toString());

		this.browser.open(this.frontend.origin() + "/form");
		this.browser.type("input[type=file]", file.toString());
		this.browser.click("button");

		await().atMost(PATIENCE).until(() -> this.browser.address().startsWith(form.url()));
		assertThat(
				this.store.s3().getObjectAsBytes((get) -> get.bucket(this.bucket).key(form.field("key"))).asByteArray())
			.isEqualTo(content);
	}

	@Test
	void pageOfAnUnknownFrontendIsRefused() {
		try (Frontend foreign = new Frontend()) {
			foreign.show("/", "<!doctype html><title>foreign</title>");
			this.browser.open(foreign.origin() + "/");
			this.browser.run(
					"window.outcome = null; fetch(arguments[0]).then(() => outcome = 'read', () => outcome = 'refused')",
					this.caller.base() + "/uppy/s3/params?filename=a.mp4");

			await().atMost(PATIENCE).until(() -> !this.browser.run("return outcome").isNull());
			assertThat(this.browser.run("return outcome").asString()).isEqualTo("refused");
		}
	}

}
