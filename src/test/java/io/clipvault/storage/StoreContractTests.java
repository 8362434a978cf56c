package io.clipvault.storage;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The behaviour of a store that the service relies on, tested with the service's own
 * clients.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContractTests {

	private static final Comparator<String> BINARY = (left, right) -> Arrays
		.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

	private StoreUnderTest store;

	private String bucket;

	abstract StoreUnderTest start();

	@BeforeAll
	void startStore() {
		this.store = start();
	}

	@AfterAll
	void closeStore() {
		this.store.close();
	}

	@BeforeEach
	void makeBucket() {
		this.bucket = this.store.newBucket();
	}

	private S3Client s3() {
		return this.store.s3();
	}

	private void put(String key, String content) {
		s3().putObject((put) -> put.bucket(this.bucket).key(key), RequestBody.fromString(content));
	}

	private List<String> keys(String prefix, int pageSize) {
		return s3().listObjectsV2Paginator((list) -> list.bucket(this.bucket).prefix(prefix).maxKeys(pageSize))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
	}

	@Test
	void putWhenTypeAndMetadataAreGivenKeepsThem() {
		s3().putObject((put) -> put.bucket(this.bucket)
			.key("job/clip.mp4")
			.contentType("video/mp4")
			.metadata(Map.of("job-id", "job", "clip-index", "0")), RequestBody.fromString("bytes"));

		HeadObjectResponse head = s3().headObject((object) -> object.bucket(this.bucket).key("job/clip.mp4"));
		assertThat(head.contentType()).isEqualTo("video/mp4");
		assertThat(head.contentLength()).isEqualTo(5);
		assertThat(head.metadata()).containsEntry("job-id", "job").containsEntry("clip-index", "0");
	}

	@Test
	void putWhenObjectExistsReplacesItAndItsETag() {
		put("key", "one");
		String first = s3().headObject((object) -> object.bucket(this.bucket).key("key")).eTag();
		put("key", "two");

		assertThat(s3().headObject((object) -> object.bucket(this.bucket).key("key")).eTag()).isNotEqualTo(first);
		assertThat(s3().getObjectAsBytes((object) -> object.bucket(this.bucket).key("key")).asUtf8String())
			.isEqualTo("two");
	}

	@Test
	void listWhenPagesAreSmallGivesEveryKeyOnceInBinaryOrder() {
		List<String> names = new ArrayList<>(
				List.of("a", "a.b/c", "a-b/c", "b/1", "b/10", "b/2", "é/x", "z/😀", "z/\uffee", "Z"));
		IntStream.range(0, 25).forEach((number) -> names.add("job-" + number + "/talk_clip_1.mp4"));
		names.forEach((name) -> put(name, "x"));

		assertThat(keys("", 7)).isEqualTo(names.stream().sorted(BINARY).toList());
	}

	@Test
	void listWhenPrefixIsGivenGivesOnlyItsKeys() {
		List.of("job/1", "job/2", "job-2/1", "jobs/1").forEach((name) -> put(name, "x"));

		assertThat(keys("job/", 1)).containsExactly("job/1", "job/2");
		assertThat(keys("job", 1000)).containsExactly("job-2/1", "job/1", "job/2", "jobs/1");
		assertThat(keys("none/", 1000)).isEmpty();
	}

	@Test
	void listWhenDelimiterIsGivenFoldsFolders() {
		List.of("a/1", "a/2", "b/c/1", "top").forEach((name) -> put(name, "x"));

		ListObjectsV2Response page = s3().listObjectsV2((list) -> list.bucket(this.bucket).delimiter("/"));
		assertThat(page.commonPrefixes()).extracting("prefix").containsExactly("a/", "b/");
		assertThat(page.contents()).extracting("key").containsExactly("top");
	}

	@Test
	void listWhenObjectIsDeletedNoLongerNamesItOrItsFolder() {
		put("a/1", "x");
		put("b/1", "x");
		s3().deleteObject((delete) -> delete.bucket(this.bucket).key("a/1"));

		assertThat(keys("", 1000)).containsExactly("b/1");
		assertThat(s3().listObjectsV2((list) -> list.bucket(this.bucket).delimiter("/")).commonPrefixes())
			.extracting("prefix")
			.containsExactly("b/");
	}

	static List<String> fileNames() {
		return List.of("two words.mp4", "\"quoted\" 'names'.mp4", "a+b.mp4", "100%25 %.mp4", "#1 & ?.mp4", "😀🎬.mp4",
				"café.mp4", "cafe\u0301.mp4", "مقطع فيديو.mp4", "עברית.mp4", "semi;colon=,.mp4", "back\\slash.mp4",
				"n".repeat(196) + ".mp4", "é".repeat(98) + ".mp4");
	}

	@ParameterizedTest
	@MethodSource("fileNames")
	void linkWhenFileNameIsUnusualGivesTheSameBytesBack(String fileName) throws Exception {
		String key = "job/" + fileName;
		put(key, fileName);

		String link = this.store.presigner()
			.presignGetObject((presign) -> presign.signatureDuration(Duration.ofMinutes(5))
				.getObjectRequest((object) -> object.bucket(this.bucket).key(key)))
			.url()
			.toExternalForm();
		assertThat(keys("job/", 1000)).containsExactly(key);
		assertThat(fetch(link).body()).isEqualTo(fileName);
	}

	@Test
	void linkWhenItWasChangedIsRefused() throws Exception {
		put("mine", "x");
		put("other", "secret");
		String link = this.store.presigner()
			.presignGetObject((presign) -> presign.signatureDuration(Duration.ofMinutes(5))
				.getObjectRequest((object) -> object.bucket(this.bucket).key("mine")))
			.url()
			.toExternalForm();

		assertThat(fetch(link).statusCode()).isEqualTo(200);
		assertThat(fetch(link.replace("/mine", "/other")).statusCode()).isEqualTo(403);
		assertThat(fetch(link.replace("Expires=300", "Expires=301")).statusCode()).isEqualTo(403);
	}

	@Test
	void callWhenBucketOrKeyIsMissingSaysSo() {
		assertThatExceptionOfType(NoSuchKeyException.class)
			.isThrownBy(() -> s3().getObjectAsBytes((object) -> object.bucket(this.bucket).key("none")));
		assertThatExceptionOfType(NoSuchBucketException.class)
			.isThrownBy(() -> s3().listObjectsV2((list) -> list.bucket(this.bucket + "-none")));
	}

	private static HttpResponse<String> fetch(String link) throws Exception {
		try (HttpClient browser = HttpClient.newHttpClient()) {
			return browser.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
		}
	}

}
