package io.clipvault.jobs.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.clipvault.jobs.archives.Archives;
import io.clipvault.jobs.archives.IncomingDirectories;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SteppedTest
class IntakeIntegrationTests {

	private static final String BOUNDARY = "----clipvault-test";

	private final SteppedService service;

	private final Caller caller;

	private final Path root;

	IntakeIntegrationTests(@Autowired SteppedService service) {
		this.service = service;
		this.caller = service.caller();
		this.root = service.root();
	}

	@Test
	void artifactsWhenPostedAsFormBecomeADirectoryThatIsUploaded() throws IOException {
		Caller.Answer accepted = form("form-job", Map.of("talk_clip_1.mp4", "one", "talk_metadata.json",
				JobFolder.metadata(1), "notes tälk.txt", "kept but not uploaded"));
		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).hasValue("/jobs/form-job");
		JsonNode job = this.service.run("form-job");
		assertThat(job.path("status").asString()).isEqualTo("completed");
		assertThat(job.path("files")).hasSize(2);
		assertThat(this.root.resolve("form-job").resolve("notes tälk.txt")).hasContent("kept but not uploaded");
		assertThat(hiddenFolders()).isZero();
	}

	@Test
	void artifactsWhenTheJobsRootIsAwayAreRefusedAndNotWrittenToItsMountPoint() throws IOException {
		Path away = Files.move(this.root, this.root.resolveSibling("away-" + this.root.getFileName()));
		Files.createDirectory(this.root);
		Caller.Answer files = form("below", Map.of("talk_clip_1.mp4", "one"));
		assertThat(this.root).isEmptyDirectory();
		JobFolder.create(this.root, "below", "below").withClips(1);
		Caller.Answer directory = this.caller.postJob("below");
		FileSystemUtils.deleteRecursively(this.root);
		Files.move(away, this.root);
		assertThat(List.of(files, directory)).allSatisfy((refused) -> {
			assertThat(refused.problem()).isEqualTo("jobs-root-unusable");
			assertThat(refused.detail()).contains("check that its file system is mounted");
		});
		assertThat(this.caller.get("/jobs/below").problem()).isEqualTo("job-not-found");
	}

	@Test
	void artifactsWhenPostedAgainReplaceTheWholeDirectory() throws IOException {
		form("twice", Map.of("talk_clip_1.mp4", "old", "talk_metadata.json", JobFolder.metadata(1)));
		this.service.run("twice");
		assertThat(archive("twice", "application/zip", Archives.zip("talk_clip_2.mp4", "talk_metadata.json")).status())
			.isEqualTo(202);
		this.service.run("twice");
		assertThat(JobFolder.names(this.root.resolve("twice"))).containsExactlyInAnyOrder("talk_clip_2.mp4",
				"talk_metadata.json");
		assertThat(hiddenFolders()).isZero();
	}

	@Test
	void artifactsWhenPostedAsArchiveAreUploaded() {
		assertThat(archive("a-zip", "application/zip", Archives.zip("t_clip_1.mp4", "t_metadata.json")).status())
			.isEqualTo(202);
		assertThat(archive("a-tar", "application/x-tar", Archives.tar("t_clip_1.mp4", "t_metadata.json")).status())
			.isEqualTo(202);
		assertThat(this.service.run("a-zip").path("status").asString()).isEqualTo("completed");
		assertThat(this.service.run("a-tar").path("files_done").asInt()).isEqualTo(2);
	}

	@Test
	void artifactsWhenArchiveIsRefusedLeaveTheDirectoryAsItWas() throws IOException {
		form("kept", Map.of("talk_clip_1.mp4", "old"));
		this.service.run("kept");
		Caller.Answer refused = archive("kept", "application/x-tar", Archives.tar("ok.mp4", "../evil.mp4"));
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.problem()).isEqualTo("unusable-file-name");
		assertThat(refused.detail()).contains("'../evil.mp4' is not a plain path");
		Caller.Answer nothing = archive("kept", "application/zip", Archives.zip("readme.txt"));
		assertThat(nothing.problem()).isEqualTo("nothing-to-upload");
		assertThat(this.root.resolve("kept").resolve("talk_clip_1.mp4")).hasContent("old");
		assertThat(JobFolder.names(this.root.resolve("kept"))).hasSize(1);
		assertThat(archive("never", "application/zip", Archives.zip("readme.txt")).status()).isEqualTo(422);
		assertThat(this.root.resolve("never")).doesNotExist();
		assertThat(hiddenFolders()).isZero();
	}

	@Test
	void artifactsWhenTheDirectoryWasNotPostedAreRefusedAndLeaveItAlone() throws IOException {
		Path live = JobFolder.create(this.root, "live-run", "talk").withFile("talk_clip_1.mp4", new byte[1]).path();
		Path begun = Files.createDirectory(this.root.resolve("just-begun"));
		Path linked = Files.createSymbolicLink(this.root.resolve("linked-run"), live.getFileName());
		for (String job : List.of("live-run", "just-begun", "linked-run")) {
			Caller.Answer refused = form(job, Map.of("other.mp4", "other"));
			assertThat(refused.status()).isEqualTo(409);
			assertThat(refused.problem()).isEqualTo("directory-exists");
			assertThat(refused.detail())
				.startsWith("The jobs root has a directory '%s' that holds files which were not posted".formatted(job));
			assertThat(archive(job, "application/zip", Archives.zip("other.mp4")).status()).isEqualTo(409);
			assertThat(this.caller.get("/jobs/" + job).status()).isEqualTo(404);
		}
		assertThat(live.toFile().list()).containsExactly("talk_clip_1.mp4");
		assertThat(begun).isEmptyDirectory();
		assertThat(linked).isSymbolicLink();
		assertThat(hiddenFolders()).isZero();
	}

	@Test
	void artifactsWhenAPostedDirectoryHasOtherFilesAreRefusedAndWhenSomeAreGoneReplaceIt() throws IOException {
		Path folder = this.root.resolve("added-to");
		form("added-to", Map.of("a.mp4", "a", "b.mp4", "b"));
		this.service.run("added-to");
		Path added = Files.writeString(folder.resolve("c.mp4"), "written by a generator");
		assertThat(form("added-to", Map.of("d.mp4", "d")).problem()).isEqualTo("directory-exists");
		assertThat(added).hasContent("written by a generator");
		Files.delete(added);
		Files.writeString(folder.resolve("a.mp4"), "edited");
		assertThat(form("added-to", Map.of("d.mp4", "d")).problem()).isEqualTo("directory-exists");
		Files.delete(folder.resolve("a.mp4"));
		assertThat(form("added-to", Map.of("d.mp4", "d")).status()).isEqualTo(202);
		assertThat(JobFolder.names(folder)).containsExactly("d.mp4");
		this.service.run("added-to");
	}

	@Test
	void artifactsWhenAPackedDirectoryIsPostedGetAMarkOfTheirOwn() {
		byte[] packed = Archives.zip("a.mp4", ".clipvault-received");
		assertThat(archive("packed", "application/zip", packed).status()).isEqualTo(202);
		this.service.run("packed");
		assertThat(archive("packed", "application/zip", packed).status()).isEqualTo(202);
		this.service.run("packed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "./read", "{root}/read", "link-to-read", "read/inner" })
	void artifactsWhenAnotherActiveJobReadsTheDirectoryAreRefused(String written, @Autowired Jobs jobs,
			@Autowired JobDirectory directories) throws IOException {
		JobFolder.create(this.root, "read", "talk").withFile("talk_clip_1.mp4", new byte[1]);
		JobFolder.create(this.root, "read/inner", "talk").withFile("talk_clip_1.mp4", new byte[1]);
		Files.deleteIfExists(this.root.resolve("link-to-read"));
		Files.createSymbolicLink(this.root.resolve("link-to-read"), Path.of("read"));
		String directory = written.replace("{root}", this.root.toString());
		JobId reader = new JobId("reader");
		jobs.enter(reader, directory, directories.artifacts(reader, directory), null);

		Caller.Answer refused = form("read", Map.of("other.mp4", "other"));

		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("job-active");
		assertThat(refused.detail()).startsWith("Job 'reader' still reads the directory 'read'");
		assertThat(this.root.resolve("read").resolve("talk_clip_1.mp4")).exists();
		this.caller.send(this.caller.request("/jobs/reader").DELETE());
		assertThat(form("read", Map.of("other.mp4", "other")).problem()).isEqualTo("directory-exists");
	}

	@Test
	void postingWhenItsDirectoryWasReplacedSinceItWasListedIsRefused(@Autowired JobDirectory directories,
			@Autowired Postings postings) {
		JobFolder.create(this.root, "exchanged", "talk").withFile("old.mp4", new byte[1]).received();
		JobId reader = new JobId("late-reader");
		DirectoryListing listing = directories.list(reader, "exchanged");
		assertThat(form("exchanged", Map.of("new.mp4", "new")).status()).isEqualTo(202);
		this.service.run("exchanged");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> postings.enter(reader, listing, null))
			.withMessage("The directory 'exchanged' was replaced while it was listed: post the job again.");
	}

	@Test
	void postingWhenItsDirectoryIsBeingReplacedIsRefused(@Autowired Holds holds) {
		JobFolder.create(this.root, "swapping", "talk").withFile("old.mp4", new byte[1]);
		try (Holds.Hold _ = holds.hold(new JobId("swapping"))) {
			assertThat(this.caller.post("/jobs/other-reader/artifacts", "{\"directory\": \"swapping\"}").problem())
				.isEqualTo("job-active");
		}
	}

	@Test
	void artifactsWhenTheJobIsBeingRestoredAreRefusedAndReplaceNothing(@Autowired Holds holds) {
		JobFolder.create(this.root, "restoring", "talk").withFile("talk_clip_1.mp4", new byte[1]);
		try (Holds.Hold _ = holds.hold(new JobId("restoring"))) {
			assertThat(form("restoring", Map.of("other.mp4", "other")).problem()).isEqualTo("job-active");
		}
		assertThat(this.root.resolve("restoring").resolve("talk_clip_1.mp4")).exists();
	}

	@Test
	void artifactsWhenAnActiveJobReadsADirectoryOfThatNameUnderAnotherRootAreAccepted(@Autowired Jobs jobs,
			@Autowired JdbcClient database) {
		jobs.enter(new JobId("abroad"), "shared-name", List.of(), null);
		database.sql("UPDATE job SET place = 'another root' WHERE id = 'abroad'").update();
		jobs.enter(new JobId("neighbour"), "shared-name-2", List.of(), null);
		assertThat(form("shared-name", Map.of("a.mp4", "a")).status()).isEqualTo(202);
		this.service.run("shared-name");
	}

	@Test
	void artifactsWhenAFailureFollowsTheAcceptanceKeepTheirNewDirectory(@Autowired JobAcceptance acceptance,
			@Autowired JobDetails details, @Autowired DirectoryGuard guard, @Autowired IncomingDirectories incoming,
			@Autowired FolderSettings folders) throws IOException {
		form("after", Map.of("old.mp4", "old"));
		this.service.run("after");
		JobAcceptance failing = Mockito.spy(acceptance);
		Mockito.doAnswer((accept) -> {
			accept.callRealMethod();
			throw new IllegalStateException("after the commit");
		}).when(failing).accept(Mockito.any(), (Holds.Hold) Mockito.any());
		FileIntake intake = new FileIntake(failing, details, guard, incoming, folders);

		JobView accepted = intake.zip(new JobId("after"), new ByteArrayInputStream(Archives.zip("new.mp4")));

		assertThat(accepted.filesTotal()).isEqualTo(1);
		assertThat(JobFolder.names(this.root.resolve("after"))).containsExactly("new.mp4");
		assertThat(this.service.run("after").path("status").asString()).isEqualTo("completed");
		assertThat(hiddenFolders()).isZero();
	}

	@Test
	void artifactsWhenFormIsCutOrHasAFieldAreRefused() throws IOException {
		String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"f\"";
		Caller.Answer cut = send("cut", "multipart/form-data; boundary=" + BOUNDARY,
				(head + "; filename=\"a.mp4\"\r\n\r\nhalf").getBytes(StandardCharsets.UTF_8));
		assertThat(cut.status()).isEqualTo(400);
		assertThat(cut.detail()).contains("cannot be read to its end");
		Caller.Answer field = send("field", "multipart/form-data; boundary=" + BOUNDARY,
				(head + "\r\n\r\nvalue\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
		assertThat(field.detail()).isEqualTo("The part 'f' is not a file: give every part a file name.");
		assertThat(send("other", "application/gzip", new byte[1]).status()).isEqualTo(415);
		assertThat(hiddenFolders()).isZero();
	}

	private Caller.Answer form(String job, Map<String, String> files) {
		StringBuilder body = new StringBuilder();
		new TreeMap<>(files).forEach(
				(name, content) -> body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"")
					.append("; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
					.append(content)
					.append("\r\n"));
		body.append("--" + BOUNDARY + "--\r\n");
		return send(job, "multipart/form-data; boundary=" + BOUNDARY, body.toString().getBytes(StandardCharsets.UTF_8));
	}

	private Caller.Answer archive(String job, String type, byte[] archive) {
		return send(job, type, archive);
	}

	private Caller.Answer send(String job, String type, byte[] body) {
		return this.caller.send(this.caller.request("/jobs/" + job + "/artifacts")
			.header("Content-Type", type)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
	}

	private long hiddenFolders() throws IOException {
		try (var files = Files.list(this.root)) {
			return files.filter((file) -> file.getFileName().toString().matches("\\.(incoming|replaced).*")).count();
		}
	}

}
