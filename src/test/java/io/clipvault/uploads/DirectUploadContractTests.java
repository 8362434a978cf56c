package io.clipvault.uploads;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import io.clipvault.abilities.Ability;
import io.clipvault.abilities.PartLimit;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.kit.Caller;
import io.clipvault.kit.Form;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.StoreUnderTest;
import io.clipvault.links.PostPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What browsers may upload and what they may not, against a store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DirectUploadContractTests {

	private static final int SMALLEST_PART = 5 << 20;

	static final Map<String, String> SETTINGS = Map.of("clipvault.storage.bucket",
			"clipvault-uploads-" + UUID.randomUUID(), "clipvault.direct-uploads.largest", "20MB",
			"clipvault.security.frontends", "http://frontend.example:3000");

	private StoreUnderTest store;

	private String bucket;

	private Caller caller;

	abstract StoreUnderTest start();

	@BeforeAll
	void startStore() {
		this.store = start();
		this.bucket = this.store.serviceBucket();
		this.caller = this.store.caller();
	}

	@AfterAll
	void closeStore() {
		this.store.close();
	}

	private byte[] read(String key) {
		return this.store.s3().getObjectAsBytes((get) -> get.bucket(this.bucket).key(key)).asByteArray();
	}

	private HeadObjectResponse head(String key) {
		return this.store.s3().headObject((object) -> object.bucket(this.bucket).key(key));
	}

	private boolean exists(String key) {
		try {
			head(key);
			return true;
		}
		catch (NoSuchKeyException missing) {
			return false;
		}
	}

	private JsonNode form(String json) {
		Caller.Answer answer = this.caller.post("/uploads", json);
		if (answer.status() == 501) {
			assertThat(answer.detail()).contains("/uppy/s3/multipart");
			Assumptions.abort("this store takes no form posts: " + answer.detail());
		}
		assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
		return answer.json();
	}

	private String upload(String fileName, String directory, byte[] content) {
		if (!this.store.bean(StoreAbilities.class).has(Ability.FORM_POSTS)) {
			return uploadInParts(fileName, directory, content);
		}
		JsonNode form = form("{\"file_name\": \"%s\", \"directory\": \"%s\"}".formatted(fileName, directory));
		assertThat(Form.of(form).post(this.caller, content).status()).isEqualTo(201);
		return form.path("key").asString();
	}

	private String uploadInParts(String fileName, String directory, byte[] content) {
		JsonNode begun = this.caller
			.post("/uppy/s3/multipart",
					"{\"filename\": \"%s\", \"metadata\": {\"directory\": \"%s\"}}".formatted(fileName, directory))
			.json();
		Begun upload = new Begun(begun.path("key").asString(), begun.path("uploadId").asString());
		assertThat(complete(upload, Map.of(1, send(upload, 1, content))).status()).isEqualTo(200);
		return upload.key();
	}

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	@Test
	void formWhenItIsSentAsItIsStoresTheFile() {
		JsonNode form = form("{\"file_name\": \"My Tälk.MP4\", \"directory\": \"spring/talks\"}");

		assertThat(form.path("key").asString()).matches("_uploads/spring/talks/My-Talk-[a-z0-9]{8}\\.mp4");
		assertThat(Instant.parse(form.path("expires_at").asString()))
			.isBetween(Instant.now().plus(Duration.ofMinutes(55)), Instant.now().plus(Duration.ofMinutes(61)));
		byte[] content = bytes(100_000);
		assertThat(Form.of(form).post(this.caller, content).status()).isEqualTo(201);
		assertThat(read(form.path("key").asString())).isEqualTo(content);
		assertThat(head(form.path("key").asString()).contentType()).isEqualTo("video/mp4");
	}

	@Test
	void formWhenFileIsAtItsBoundIsTakenAndOneByteMoreIsNot() {
		JsonNode form = form("{\"file_name\": \"a.mp4\", \"max_bytes\": 1000}");
		assertThat(form.path("max_bytes").asInt()).isEqualTo(1000);

		Caller.Answer larger = Form.of(form).post(this.caller, bytes(1001));
		assertThat(larger.status()).isEqualTo(400);
		assertThat(new String(larger.body(), StandardCharsets.UTF_8)).contains("EntityTooLarge");
		assertThat(exists(form.path("key").asString())).isFalse();
		assertThat(Form.of(form).post(this.caller, bytes(1000)).status()).isEqualTo(201);
	}

	@Test
	void formWhenAFieldIsChangedOrAddedIsRefused() {
		JsonNode answer = form("{\"file_name\": \"a.mp4\"}");
		Form form = Form.of(answer);
		String signature = form.field("x-amz-signature");
		List<Form> tampered = List.of(form.with("key", "sample/talk_clip_1.mp4"),
				form.with("key", answer.path("key").asString() + "/../x"), form.with("Content-Type", "text/html"),
				form.without("Content-Type"), form.with("acl", "public-read"), form.with("x-amz-meta-job-id", "sample"),
				form.with("x-amz-signature", (signature.startsWith("0") ? "1" : "0") + signature.substring(1)),
				form.with("policy", larger(form)), form.without("policy"),
				form.with("x-amz-credential", form.field("x-amz-credential").replace("us-east-1", "eu-west-1")));

		assertThat(tampered).allSatisfy(
				(sent) -> assertThat(sent.post(this.caller, bytes(10)).status()).as(sent.toString()).isIn(400, 403));
		assertThat(exists(answer.path("key").asString())).isFalse();
		assertThat(exists("sample/talk_clip_1.mp4")).isFalse();
	}

	/** The policy with a higher limit, which the signature does not cover. */
	private static String larger(Form form) {
		String policy = new String(Base64.getDecoder().decode(form.field("policy")), StandardCharsets.UTF_8);
		assertThat(policy).contains("20971520");
		return Base64.getEncoder()
			.encodeToString(policy.replace("20971520", "99999999").getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void formWhenItsTimeIsOverIsRefused() {
		UploadKey key = this.store.bean(UploadKeys.class).next("late.mp4", null);
		Instant then = Instant.now().minus(Duration.ofMinutes(10));
		Form late = new Form(Form.of(form("{\"file_name\": \"a.mp4\"}")).url(),
				new PostPolicy(this.bucket, key.value(), "video/mp4", 1000).sign(
						this.store.bean(AwsCredentialsProvider.class).resolveCredentials(), "us-east-1", then,
						then.plus(Duration.ofMinutes(9))));

		assertThat(late.post(this.caller, bytes(10)).status()).isEqualTo(403);
		assertThat(exists(key.value())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"file_name\": \"\"}", "{\"file_name\": \"a\", \"max_bytes\": 0}",
			"{\"file_name\": \"a\", \"max_bytes\": 20971521}", "{\"file_name\": \"a\", \"content_type\": \"video\"}",
			"{\"file_name\": \"a\", \"content_type\": \"text/html\"}",
			"{\"file_name\": \"a\", \"content_type\": \"a/b\\r\\nx: y\"}",
			"{\"file_name\": \"a\", \"directory\": \"..\"}", "{\"file_name\": \"a\", \"directory\": \"a/../../b\"}",
			"{\"file_name\": \"a\", \"directory\": \"/etc\"}", "{\"file_name\": \"a\", \"directory\": \"a//b\"}",
			"{\"file_name\": \"a\", \"directory\": \"a\\\\b\"}", "{\"file_name\": \"a\", \"directory\": \"a\\nb\"}",
			"{\"file_name\": \"a\", \"directory\": \"1/2/3/4/5/6\"}", "{\"file_name\": \"a\", \"folder\": \"a\"}" })
	void formWhenRequestIsWrongSaysWhatIs(String json) {
		Caller.Answer answer = this.caller.post("/uploads", json);

		assertThat(answer.status()).as(answer.detail()).isEqualTo(400);
		assertThat(answer.problem()).isEqualTo("invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "_uploads", "_uploads/", "" })
	void formWhenDirectoryIsThatOfAllUploadsStaysThere(String directory) {
		assertThat(
				form("{\"file_name\": \"a.mp4\", \"directory\": \"%s\"}".formatted(directory)).path("key").asString())
			.matches("_uploads/a-[a-z0-9]{8}\\.mp4");
	}

	@Test
	void paramsGiveUppyAFormThatWorks() {
		JsonNode _ = form("{\"file_name\": \"any.mp4\"}");
		JsonNode params = this.caller.get(
				"/uppy/s3/params?filename=My%20talk.mp4&type=video%2Fmp4&metadata%5Bname%5D=x&metadata%5Bdirectory%5D=talk")
			.json();

		assertThat(params.path("method").asString()).isEqualTo("POST");
		assertThat(params.path("expires").asInt()).isEqualTo(3600);
		assertThat(params.path("fields").path("success_action_status").asString()).isEqualTo("201");
		String key = params.path("fields").path("key").asString();
		assertThat(key).matches("_uploads/talk/My-talk-[a-z0-9]{8}\\.mp4");
		assertThat(Form.of(params).post(this.caller, bytes(10)).status()).isEqualTo(201);
		assertThat(read(key)).isEqualTo(bytes(10));
	}

	private Begun begin(String fileName) {
		JsonNode begun = this.caller
			.post("/uppy/s3/multipart",
					"{\"filename\": \"%s\", \"type\": \"video/mp4\", \"metadata\": {\"name\": \"x\", \"size\": null}}"
						.formatted(fileName))
			.json();
		assertThat(begun.path("bucket").asString()).isEqualTo(this.bucket);
		return new Begun(begun.path("key").asString(), begun.path("uploadId").asString());
	}

	private String send(Begun upload, int part, byte[] content) {
		String url = this.caller.get(upload.path("/" + part)).json().path("url").asString();
		return put(url, content);
	}

	private String put(String url, byte[] content) {
		Caller.Answer sent = this.caller
			.send(this.caller.request(url).PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
		assertThat(sent.status()).as(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo(200);
		return sent.header("ETag").orElseThrow();
	}

	private Caller.Answer complete(Begun upload, Map<Integer, String> eTags) {
		return this.caller.post(upload.path("/complete"),
				eTags.entrySet()
					.stream()
					.map((part) -> "{\"PartNumber\": %d, \"ETag\": %s}".formatted(part.getKey(),
							new JsonMapper().writeValueAsString(part.getValue())))
					.collect(Collectors.joining(",", "{\"parts\": [", "]}")));
	}

	@Test
	void partsWhenAllAreSentBecomeTheFile() {
		Begun upload = begin("talk.mp4");
		byte[] first = bytes(SMALLEST_PART);
		byte[] last = bytes(1000);
		String one = send(upload, 1, first);
		JsonNode present = this.caller.get(upload.path("")).json();
		assertThat(present).hasSize(1);
		assertThat(present.get(0).path("PartNumber").asInt()).isEqualTo(1);
		assertThat(present.get(0).path("Size").asInt()).isEqualTo(SMALLEST_PART);
		assertThat(Part.withoutQuotes(present.get(0).path("ETag").asString())).isEqualTo(Part.withoutQuotes(one));
		String two = send(upload, 2, last);

		JsonNode completed = complete(upload, Map.of(1, Part.withoutQuotes(one), 2, two)).json();

		assertThat(completed.path("key").asString()).isEqualTo(upload.key());
		assertThat(completed.path("bucket").asString()).isEqualTo(this.bucket);
		assertThat(completed.path("location").asString()).endsWith("/" + upload.key());
		byte[] whole = Arrays.copyOf(first, first.length + last.length);
		System.arraycopy(last, 0, whole, first.length, last.length);
		assertThat(read(upload.key())).isEqualTo(whole);
		assertThat(head(upload.key()).contentType()).isEqualTo("video/mp4");
		assertThat(this.caller.get(upload.path("")).problem()).isEqualTo("upload-not-found");
	}

	@Test
	void completeWhenPartsAreForeignOrReplayedIsRefused() {
		Begun mine = begin("mine.mp4");
		Begun other = begin("other.mp4");
		String one = send(mine, 1, bytes(1000));
		String foreign = send(other, 1, bytes(2000));

		assertThat(complete(mine, Map.of(1, foreign)).problem()).isEqualTo("upload-parts-differ");
		assertThat(complete(mine, Map.of(1, one, 2, foreign)).problem()).isEqualTo("upload-parts-differ");
		assertThat(complete(mine, Map.of(2, one)).problem()).isEqualTo("upload-parts-differ");
		assertThat(complete(mine, Map.of()).problem()).isEqualTo("invalid-request");
		assertThat(exists(mine.key())).isFalse();
		assertThat(complete(mine, Map.of(1, one)).status()).isEqualTo(200);
		assertThat(complete(mine, Map.of(1, foreign)).problem()).isEqualTo("upload-not-found");
		assertThat(complete(new Begun(mine.key(), other.id()), Map.of(1, foreign)).problem())
			.isEqualTo("upload-not-found");
		assertThat(read(mine.key())).isEqualTo(bytes(1000));
		assertThat(this.caller.send(this.caller.request(other.path("")).DELETE()).status()).isEqualTo(200);
	}

	@Test
	void uploadIdWhenItBelongsToAnotherKeyIsNotHonoured() {
		Begun mine = begin("mine.mp4");
		Begun other = begin("other.mp4");
		Begun crossed = new Begun(mine.key(), other.id());

		assertThat(this.caller.get(crossed.path("")).problem()).isEqualTo("upload-not-found");
		assertThat(this.caller.get(crossed.path("/1")).problem()).isEqualTo("upload-not-found");
		assertThat(this.caller.send(this.caller.request(crossed.path("")).DELETE()).problem())
			.isEqualTo("upload-not-found");
		assertThat(sign("PUT", crossed.key(), crossed.id(), 1).problem()).isEqualTo("upload-not-found");
		assertThat(this.caller.get(mine.path("/1")).status()).isEqualTo(200);
		List.of(mine, other)
			.forEach((upload) -> assertThat(this.caller.send(this.caller.request(upload.path("")).DELETE()).status())
				.isEqualTo(200));
		assertThat(this.caller.get(mine.path("/1")).problem()).isEqualTo("upload-not-found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sample/talk_clip_1.mp4", "sample/talk-a1b2c3d4.mp4", "_uploads/talk_clip_1.mp4",
			"_uploads/../sample/talk-a1b2c3d4.mp4", "_uploads/../_uploads/talk-a1b2c3d4.mp4",
			"_uploads//talk-a1b2c3d4.mp4", "_uploads2/talk-a1b2c3d4.mp4", "/_uploads/talk-a1b2c3d4.mp4",
			"_uploads/talk-a1b2c3d4.mp4/x", "_uploads/talk-a1b2c3d4.mp4\n" })
	void keyWhenItIsNotOneOfTheServiceIsForbidden(String key) {
		Begun foreign = new Begun(key, "any");

		Caller.Answer answer = this.caller.get(foreign.path("/1"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.problem()).isEqualTo("upload-forbidden");
		assertThat(answer.json().path("error").asString()).isEqualTo(answer.detail());
		assertThat(this.caller.get(foreign.path("")).status()).isEqualTo(403);
		assertThat(complete(foreign, Map.of(1, "x")).status()).isEqualTo(403);
		assertThat(this.caller.send(this.caller.request(foreign.path("")).DELETE()).status()).isEqualTo(403);
		assertThat(sign("PUT", key, "any", 1).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10_001, -1 })
	void partWhenItsNumberIsOutOfBoundsIsRefused(int part) {
		Begun upload = begin("a.mp4");

		assertThat(this.caller.get(upload.path("/" + part)).problem()).isEqualTo("invalid-request");
		assertThat(sign("PUT", upload.key(), upload.id(), part).problem()).isEqualTo("invalid-request");
		assertThat(this.caller.get(upload.path("/10000")).status())
			.isEqualTo((this.store.bean(PartLimit.class).find() < 10_000) ? 400 : 200);
		assertThat(this.caller.send(this.caller.request(upload.path("")).DELETE()).status()).isEqualTo(200);
	}

	@Test
	void completeWhenPartsAreTooLargeAbortsTheUpload() {
		Begun upload = begin("large.mp4");
		Map<Integer, String> sent = new TreeMap<>();
		for (int part = 1; part <= 5; part++) {
			sent.put(part, send(upload, part, bytes(SMALLEST_PART)));
		}

		Caller.Answer answer = complete(upload, sent);
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.problem()).isEqualTo("upload-too-large");
		assertThat(this.caller.get(upload.path("")).problem()).isEqualTo("upload-not-found");
		assertThat(exists(upload.key())).isFalse();
	}

	private Caller.Answer sign(String method, String key, @Nullable String id, @Nullable Integer part) {
		List<String> fields = new ArrayList<>(
				List.of("\"method\": \"" + method + "\"", "\"key\": " + new JsonMapper().writeValueAsString(key)));
		if (id != null) {
			fields.add("\"uploadId\": \"" + id + "\"");
		}
		if (part != null) {
			fields.add("\"partNumber\": " + part);
		}
		return this.caller.post("/uppy/sign", "{" + String.join(", ", fields) + "}");
	}

	private Caller.Answer call(String method, JsonNode signed, String body) {
		return this.caller.send(this.caller.request(signed.path("url").asString())
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	@Test
	void signWhenFileGoesAtOnceAnswersAForm() {
		JsonNode _ = form("{\"file_name\": \"any.mp4\"}");
		JsonNode signed = this.caller.post("/uppy/sign",
				"{\"method\": \"PUT\", \"key\": \"0-talk.mp4\", \"contentType\": \"video/mp4\", \"expiresIn\": 900}")
			.json();

		assertThat(signed.path("key").asString()).matches("_uploads/0-talk-[a-z0-9]{8}\\.mp4")
			.isEqualTo(signed.path("fields").path("key").asString());
		assertThat(Form.of(signed).post(this.caller, bytes(10)).status()).isEqualTo(201);
		assertThat(head(signed.path("key").asString()).contentType()).isEqualTo("video/mp4");
	}

	@Test
	void signWhenFileGoesInPartsSignsEveryCall() {
		JsonNode begin = sign("POST", "talk.mp4", null, null).json();
		String key = begin.path("key").asString();
		String id = text(call("POST", begin, ""), "UploadId");

		String eTag = put(sign("PUT", key, id, 1).json().path("url").asString(), bytes(1000));
		assertThat(text(call("GET", sign("GET", key, id, null).json(), ""), "PartNumber")).isEqualTo("1");
		Caller.Answer completed = call("POST", sign("POST", key, id, null).json(),
				"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
					.formatted(Part.withoutQuotes(eTag)));
		assertThat(text(completed, "Key")).isEqualTo(key);
		assertThat(read(key)).isEqualTo(bytes(1000));

		JsonNode again = sign("POST", "talk.mp4", null, null).json();
		String abandoned = text(call("POST", again, ""), "UploadId");
		assertThat(call("DELETE", sign("DELETE", again.path("key").asString(), abandoned, null).json(), "").status())
			.isEqualTo(204);
		assertThat(sign("GET", "talk.mp4", null, null).problem()).isEqualTo("invalid-request");
		assertThat(sign("DELETE", key, null, null).problem()).isEqualTo("invalid-request");
	}

	private static String text(Caller.Answer answer, String element) {
		String xml = new String(answer.body(), StandardCharsets.UTF_8);
		assertThat(answer.status()).as(xml).isEqualTo(200);
		return xml.substring(xml.indexOf("<" + element + ">") + element.length() + 2,
				xml.indexOf("</" + element + ">"));
	}

	@Test
	void folderWhenItIsCompletedBecomesAJobInTheGallery() {
		byte[] clip = bytes(5000);
		upload("evening talk_clip_1.mp4", "evening", clip);
		upload("evening talk_metadata.json", "evening", JobFolder.metadata(1).getBytes(StandardCharsets.UTF_8));
		assertThat(this.caller.get("/gallery?limit=100").json().findValuesAsString("job_id")).doesNotContain("evening");

		JsonNode job = this.caller
			.send(this.caller.request("/uploads/_uploads/evening/complete").POST(HttpRequest.BodyPublishers.noBody()))
			.json();

		assertThat(job.path("job_id").asString()).isEqualTo("evening");
		assertThat(job.path("in_gallery").asBoolean()).isTrue();
		assertThat(job.path("files").findValuesAsString("key")).containsExactly("evening/evening-talk_clip_1.mp4",
				"evening/evening-talk_metadata.json");
		JsonNode shown = this.caller.get("/gallery?limit=100")
			.json()
			.valueStream()
			.filter((entry) -> entry.path("job_id").asString().equals("evening"))
			.findFirst()
			.orElseThrow();
		assertThat(this.caller.send(this.caller.request(shown.path("url").asString())).body()).isEqualTo(clip);
		HeadObjectResponse moved = head("evening/evening-talk_clip_1.mp4");
		assertThat(moved.contentType()).isEqualTo("video/mp4");
		assertThat(moved.metadata()).containsEntry("job-id", "evening")
			.containsEntry("clip-index", "0")
			.containsEntry("created-by", "clipvault");
		Caller.Answer again = this.caller.post("/uploads/evening/complete", "{}");
		assertThat(again.problem()).as("no upload is left").isEqualTo("object-not-found");
	}

	@Test
	void uploadWhenItIsCompletedJoinsTheJobNamedAndReplacesOnlyWhenTold() {
		String first = upload("late.mp4", "", bytes(10));
		assertThat(this.caller.post("/uploads/" + first + "/complete", "{}").problem()).isEqualTo("invalid-request");
		assertThat(this.caller.post("/uploads/" + first + "/complete", "{\"job_id\": \"../x\"}").problem())
			.isEqualTo("invalid-job-id");
		JsonNode job = this.caller.post("/uploads/" + first + "/complete", "{\"job_id\": \"joined\"}").json();
		assertThat(job.path("files").get(0).path("key").asString()).isEqualTo("joined/late.mp4");
		assertThat(job.path("in_gallery").asBoolean()).isFalse();

		String second = upload("late.mp4", "", bytes(20));
		Caller.Answer taken = this.caller.post("/uploads/" + second + "/complete", "{\"job_id\": \"joined\"}");
		assertThat(taken.status()).isEqualTo(409);
		assertThat(taken.problem()).isEqualTo("artifact-exists");
		assertThat(read("joined/late.mp4")).isEqualTo(bytes(10));
		assertThat(this.caller.post("/uploads/" + second + "/complete", "{\"job_id\": \"joined\", \"replace\": true}")
			.status()).isEqualTo(200);
		assertThat(read("joined/late.mp4")).isEqualTo(bytes(20));
		assertThat(exists(second)).isFalse();
	}

	@Test
	void completeWhenItWasInterruptedSkipsWhatWasCopied() {
		String done = upload("done.mp4", "halfway", bytes(10));
		upload("open.mp4", "halfway", bytes(20));
		this.store.s3()
			.copyObject((copy) -> copy.sourceBucket(this.bucket)
				.sourceKey(done)
				.destinationBucket(this.bucket)
				.destinationKey("halfway/done.mp4")
				.metadataDirective(MetadataDirective.REPLACE)
				.metadata(Map.of("upload-key", done, "upload-etag", Part.withoutQuotes(head(done).eTag()))));

		Caller.Answer answer = this.caller.post("/uploads/_uploads/halfway/complete", "{}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("files").findValuesAsString("name")).containsExactly("done.mp4", "open.mp4");
		assertThat(read("halfway/done.mp4")).isEqualTo(bytes(10));
		assertThat(read("halfway/open.mp4")).isEqualTo(bytes(20));
		assertThat(exists(done)).isFalse();
	}

	@Test
	void completeWhenFormBroughtAnotherFileLaterReplacesTheFirst() {
		JsonNode form = form("{\"file_name\": \"talk.mp4\", \"directory\": \"corrected\"}");
		String path = "/uploads/" + form.path("key").asString() + "/complete";
		assertThat(Form.of(form).post(this.caller, bytes(10)).status()).isEqualTo(201);
		assertThat(this.caller.post(path, "{}").status()).isEqualTo(200);

		assertThat(Form.of(form).post(this.caller, bytes(20)).status()).isEqualTo(201);
		assertThat(this.caller.post(path, "{}").problem()).isEqualTo("artifact-exists");
		assertThat(read("corrected/talk.mp4")).isEqualTo(bytes(10));
		assertThat(this.caller.post(path, "{\"replace\": true}").status()).isEqualTo(200);
		assertThat(read("corrected/talk.mp4")).isEqualTo(bytes(20));
		assertThat(exists(form.path("key").asString())).isFalse();
	}

	@Test
	void completeWhenUploadIsLargerThanAllowedIsRefused() {
		String key = this.store.bean(UploadKeys.class).next("huge.mp4", "huge").value();
		this.store.s3()
			.putObject((put) -> put.bucket(this.bucket).key(key), RequestBody.fromBytes(bytes((20 << 20) + 1)));

		assertThat(this.caller.post("/uploads/huge/complete", "{}").problem()).isEqualTo("upload-too-large");
		assertThat(exists(key)).isTrue();
		assertThat(exists("huge/huge.mp4")).isFalse();
	}

	@Test
	void folderWhenTwoUploadsHaveOneNameIsRefusedAndKept() {
		String one = upload("same.mp4", "twins", bytes(10));
		String two = upload("same.mp4", "twins", bytes(20));

		assertThat(this.caller.post("/uploads/twins/complete", "{}").problem()).isEqualTo("artifact-exists");
		assertThat(List.of(one, two)).allMatch(this::exists);
	}

	@Test
	void completeWhenNothingWasUploadedIsNotFound() {
		JsonNode unsent = form("{\"file_name\": \"a.mp4\", \"directory\": \"unsent\"}");

		assertThat(this.caller.post("/uploads/" + unsent.path("key").asString() + "/complete", "{}").status())
			.isEqualTo(404);
		assertThat(this.caller.post("/uploads/unsent/complete", "{}").status()).isEqualTo(404);
		assertThat(this.caller.post("/uploads/unsent", "{}").status()).isEqualTo(404);
		assertThat(this.caller.post("/uploads/a/..%2F..%2Fsample/complete", "{}").status()).isEqualTo(400);
	}

	/** An upload in parts as the browser knows it. */
	private record Begun(String key, String id) {

		String path(String step) {
			return "/uppy/s3/multipart/%s%s?key=%s".formatted(URLEncoder.encode(this.id, StandardCharsets.UTF_8), step,
					URLEncoder.encode(this.key, StandardCharsets.UTF_8));
		}

	}

}
