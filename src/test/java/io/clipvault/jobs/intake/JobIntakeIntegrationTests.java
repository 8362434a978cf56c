package io.clipvault.jobs.intake;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Which directories are accepted or refused, and what is then in the bucket. */
@SteppedTest
class JobIntakeIntegrationTests {

	private final SteppedService service;

	private final Caller caller;

	private final Path root;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	JobIntakeIntegrationTests(@Autowired SteppedService service) {
		this.service = service;
		this.caller = service.caller();
		this.root = service.root();
	}

	private List<String> keys(String job) {
		return this.s3.listObjectsV2((list) -> list.bucket(this.store.bucket()).prefix(job + "/"))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
	}

	private HeadObjectResponse head(String key) {
		return this.s3.headObject((head) -> head.bucket(this.store.bucket()).key(key));
	}

	private void refused(Caller.Answer answer, int status, String problem, String words) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.problem()).isEqualTo(problem);
		assertThat(answer.detail()).contains(words);
	}

	@Test
	void postWhenFilesAreUploadedSetsContentTypeAndUserMetadata() {
		JobFolder.create(this.root, "typed", "talk").withClips(2);

		assertThat(this.service.upload("typed").path("status").asString()).isEqualTo("completed");
		HeadObjectResponse clip = head("typed/talk_clip_2.mp4");
		assertThat(clip.contentType()).isEqualTo("video/mp4");
		assertThat(clip.metadata()).containsEntry("job-id", "typed")
			.containsEntry("clip-index", "1")
			.containsEntry("created-by", "clipvault");
		assertThat(head("typed/talk_metadata.json").contentType()).isEqualTo("application/json");
	}

	@Test
	void postWhenAFileIsNoArtifactDoesNotUploadIt() {
		JobFolder.create(this.root, "mixed", "talk")
			.withClips(1)
			.withFile("temp_talk_clip_1.mp4", new byte[1])
			.withFile("notes.txt", new byte[1])
			.withFile("talk.mp3", new byte[1]);

		assertThat(this.service.upload("mixed").path("files_total").asInt()).isEqualTo(2);
		assertThat(keys("mixed")).containsExactly("mixed/talk_clip_1.mp4", "mixed/talk_metadata.json");
	}

	@Test
	void postWhenDirectoryIsAbsoluteAndInsideTheRootIsAccepted() {
		Path path = JobFolder.create(this.root, "absolute", "talk").withClips(1).path();
		assertThat(this.caller.post("/jobs/absolute/artifacts", "{\"directory\": \"" + path + "\"}").status())
			.isEqualTo(202);
		assertThat(this.service.run("absolute").path("status").asString()).isEqualTo("completed");
	}

	@Test
	void postWhenDirectoryIsAbsoluteIsKeptRelativeToTheRoot() {
		String path = JobFolder.create(this.root, "nested/deep", "talk").withClips(1).path().toString();
		String call = "{\"directory\": \"" + path + "\"}";
		assertThat(this.caller.post("/jobs/nested/artifacts", call).json().path("directory").asString())
			.isEqualTo("nested/deep");
		String failed = call.replace("{", "{\"return_code\": 1, ");
		assertThat(this.caller.post("/jobs/nested-failed/completion", failed).json().path("directory").asString())
			.isEqualTo("nested/deep");
		this.service.run("nested");
	}

	static Stream<String> fileNames() {
		return Stream.of("two words", "\"quoted\" 'name'", "a+b", "100%25 %", "#1 & ?", "😀🎬", "café", "cafe\u0301",
				"مقطع فيديو", "שלום", "semi;colon", "n".repeat(189), "é".repeat(94) + "x");
	}

	@ParameterizedTest
	@MethodSource("fileNames")
	void postWhenFileNameIsUnusualComesBackThroughTheLinkUnchanged(String title) {
		String job = "name-" + Integer.toHexString(title.hashCode());
		JobFolder folder = JobFolder.create(this.root, job, title).withClips(1);

		assertThat(this.service.upload(job).path("status").asString()).isEqualTo("completed");
		assertThat(keys(job)).contains(job + "/" + folder.clip(1));
		JsonNode clip = this.caller.get("/gallery?limit=500")
			.json()
			.valueStream()
			.filter((candidate) -> candidate.path("job_id").asString().equals(job))
			.findFirst()
			.orElseThrow();
		assertThat(this.caller.send(this.caller.request(clip.path("url").asString())).body())
			.isEqualTo(folder.read(folder.clip(1)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"directory": "../elsewhere"}       | 422 | directory-outside-root | leads outside the jobs root
					{"directory": "a/../../elsewhere"}  | 422 | directory-outside-root | leads outside the jobs root
					{"directory": "/etc"}               | 422 | directory-outside-root | leads outside the jobs root
					{"directory": "."}                  | 422 | directory-outside-root | leads outside the jobs root
					{"directory": "none"}               | 422 | directory-missing      | There is no 'none'
					{"directory": "a\\u0000b"}          | 400 | invalid-request        | cannot be a path
					{"directory": ""}                   | 400 | invalid-request        | 'directory' must not be blank
					{"directory": null}                 | 400 | invalid-request        | 'directory' must not be blank
					{"directory": 5}                    | 400 | invalid-request        | 'directory' must be a string
					{"directory": ["x"]}                | 400 | invalid-request        | 'directory' must be a string
					{"directory": "x", "colour": "red"} | 400 | invalid-request        | 'colour' is not a known field (known: directory
					{"directory": "x"                   | 400 | invalid-request        | not valid JSON at line 1
					[]                                  | 400 | invalid-request        | Send a JSON object
					{}                                  | 400 | invalid-request        | 'directory' must not be blank
					""")
	void postWhenBodyIsWrongIsRefusedAndNothingIsWritten(String body, int status, String problem, String words) {
		refused(this.caller.post("/jobs/refused/artifacts", body), status, problem, words);
		assertThat(this.caller.get("/jobs/refused").status()).isEqualTo(404);
		assertThat(keys("refused")).isEmpty();
	}

	@Test
	void postWhenDirectoryIsAFileIsRefused() {
		JobFolder.create(this.root, "file", "talk").withClips(1);
		refused(this.caller.post("/jobs/file/artifacts", "{\"directory\": \"file/talk_clip_1.mp4\"}"), 422,
				"not-a-directory", "is a file");
	}

	@Test
	void postWhenThereIsNothingToUploadIsRefused() {
		JobFolder.create(this.root, "empty", "talk").withFile("notes.txt", new byte[1]);
		refused(this.caller.postJob("empty"), 422, "nothing-to-upload", "has no file ending in .mp4 or .json");
	}

	@Test
	void postWhenALinkLeadsOutsideTheRootIsRefused() throws IOException {
		Path outside = JobFolder.create(FreshFolders.create("outside"), "secret", "talk").withClips(1).path();
		Files.createSymbolicLink(this.root.resolve("linked"), outside);
		refused(this.caller.postJob("linked"), 422, "directory-outside-root", "leads outside the jobs root");

		JobFolder folder = JobFolder.create(this.root, "linked-file", "talk").withClips(1);
		Files.createSymbolicLink(folder.path().resolve("other.mp4"), outside.resolve("talk_clip_1.mp4"));
		refused(this.caller.postJob("linked-file"), 422, "directory-outside-root", "linked-file/other.mp4");
		assertThat(keys("linked-file")).isEmpty();
	}

	@Test
	void postWhenALinkStaysInsideTheRootIsAccepted() throws IOException {
		Path inside = JobFolder.create(this.root, "target", "talk").withClips(1).path();
		Files.createSymbolicLink(this.root.resolve("alias"), inside);
		assertThat(this.caller.postJob("alias").status()).isEqualTo(202);
		assertThat(this.service.run("alias").path("status").asString()).isEqualTo("completed");
	}

	@ParameterizedTest
	@CsvSource({ "-a", "a%20b", "_a", "%C3%A9", "a*b" })
	void anyCallWhenTheJobIdHasOtherCharactersIsRefused(String id) {
		refused(this.caller.get("/jobs/" + id), 400, "invalid-job-id", "1 to 128 letters");
		refused(this.caller.post("/jobs/" + id + "/artifacts", "{\"directory\": \"x\"}"), 400, "invalid-job-id",
				"1 to 128 letters");
	}

	@Test
	void getWhenJobIsUnknownIsNotFound() {
		refused(this.caller.get("/jobs/nobody"), 404, "job-not-found", "No job 'nobody' is known");
	}

	@Test
	void postWhenContentTypeIsNotJsonIsRefused() {
		refused(this.caller.send(this.caller.request("/jobs/text/artifacts")
			.header("Content-Type", "text/plain")
			.POST(HttpRequest.BodyPublishers.ofString("sample"))), 415, "unsupported-media-type", "application/json");
	}

}
