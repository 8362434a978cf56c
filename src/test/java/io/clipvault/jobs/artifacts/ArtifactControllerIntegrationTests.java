package io.clipvault.jobs.artifacts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the bucket holds of a job: listed, zipped, removed, restored. */
@SteppedTest
class ArtifactControllerIntegrationTests {

	private final SteppedService service;

	private final Caller caller;

	private final Path root;

	ArtifactControllerIntegrationTests(@Autowired SteppedService service) {
		this.service = service;
		this.caller = service.caller();
		this.root = service.root();
	}

	private JobFolder uploaded(String job, int clips) {
		JobFolder folder = JobFolder.create(this.root, job, "talk").withClips(clips);
		assertThat(this.service.upload(job).path("status").asString()).isEqualTo("completed");
		return folder;
	}

	@Test
	void artifactsWhenThereAreManyArePagedByNameEachWithALinkThatReadsIt() {
		JobFolder folder = uploaded("listed", 3);
		List<String> names = new ArrayList<>();
		String next = "/jobs/listed/artifacts?limit=2";
		while (!next.isEmpty()) {
			Caller.Answer page = this.caller.get(next);
			assertThat(page.status()).isEqualTo(200);
			for (JsonNode artifact : page.json()) {
				String name = artifact.path("name").asString();
				names.add(name);
				assertThat(this.caller.send(this.caller.request(artifact.path("url").asString())).body())
					.isEqualTo(folder.read(name));
			}
			next = page.header("Link").map((link) -> link.substring(1, link.indexOf('>'))).orElse("");
		}
		assertThat(names).containsExactly("talk_clip_1.mp4", "talk_clip_2.mp4", "talk_clip_3.mp4",
				"talk_metadata.json");
	}

	@Test
	void artifactsWhenTheBucketHoldsNothingIsNotFound() {
		Caller.Answer answer = this.caller.get("/jobs/nothing/artifacts");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.problem()).isEqualTo("no-artifacts");
		assertThat(this.caller.get("/jobs/nothing/artifacts.zip").problem()).isEqualTo("no-artifacts");
	}

	@Test
	void zipContainsEveryArtifactByteForByte() throws IOException {
		JobFolder folder = uploaded("zipped", 2);
		Caller.Answer answer = this.caller.get("/jobs/zipped/artifacts.zip");
		assertThat(answer.header("Content-Type")).hasValue("application/zip");
		Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				entries.put(entry.getName(), zip.readAllBytes());
			}
		}
		assertThat(entries).containsOnlyKeys("talk_clip_1.mp4", "talk_clip_2.mp4", "talk_metadata.json");
		entries.forEach((name, bytes) -> assertThat(bytes).isEqualTo(folder.read(name)));
	}

	@Test
	void removeDeletesTheJobFromTheBucketAndTheGallery() {
		uploaded("removed", 2);
		Caller.Answer removed = this.caller.send(this.caller.request("/jobs/removed/artifacts").DELETE());
		assertThat(removed.json().path("removed").asInt()).isEqualTo(3);
		assertThat(this.caller.get("/jobs/removed/artifacts").status()).isEqualTo(404);
		assertThat(this.caller.get("/gallery?limit=500&refresh=true").json().valueStream())
			.noneMatch((clip) -> clip.path("job_id").asString().equals("removed"));
	}

	@Test
	void postWhenAFileOfAnEarlierPostingIsMissingKeepsItInTheBucketButNotInTheGallery() throws IOException {
		JobFolder folder = uploaded("shrunk", 2);
		Files.delete(folder.path().resolve(folder.clip(2)));
		folder.withMetadata(1);
		assertThat(this.service.upload("shrunk").path("files_total").asInt()).isEqualTo(2);
		assertThat(this.caller.get("/jobs/shrunk/artifacts").json().valueStream())
			.extracting((artifact) -> artifact.path("name").asString())
			.containsExactly(folder.clip(1), folder.clip(2), "talk_metadata.json");
		assertThat(this.caller.get("/gallery?job_id=shrunk&refresh=true").json().size()).isEqualTo(1);
		Caller.Answer removed = this.caller.send(this.caller.request("/jobs/shrunk/artifacts").DELETE());
		assertThat(removed.json().path("removed").asInt()).isEqualTo(3);
	}

	@Test
	void restoreWhenAFileIsMissingWritesItAndLeavesTheOthers() throws IOException {
		JobFolder folder = uploaded("restored", 2);
		byte[] clip = folder.read("talk_clip_1.mp4");
		Files.delete(folder.path().resolve("talk_clip_1.mp4"));
		JsonNode answer = this.caller.post("/jobs/restored/restore", "{}").json();
		assertThat(answer.path("written").valueStream().map(JsonNode::asString)).containsExactly("talk_clip_1.mp4");
		assertThat(answer.path("unchanged").size()).isEqualTo(2);
		assertThat(folder.read("talk_clip_1.mp4")).isEqualTo(clip);

		this.caller.post("/jobs/restored/restore", "{\"directory\": \"new/place\"}");
		assertThat(this.root.resolve("new/place/talk_clip_1.mp4")).hasBinaryContent(clip);
		try (Stream<Path> files = Files.list(this.root.resolve("new/place"))) {
			assertThat(files).hasSize(3);
		}
	}

	@Test
	void restoreWhenAnObjectHasANameThatNoFileCanHaveSkipsItAndSaysSo() {
		JobFolder folder = uploaded("nested", 1);
		Caller.Answer put = this.caller
			.send(this.caller.request("/buckets/openshorts.app-clips/objects/nested/deeper/clip.mp4")
				.PUT(HttpRequest.BodyPublishers.ofString("x")));
		assertThat(put.status()).isEqualTo(201);
		Caller.Answer answer = this.caller.post("/jobs/nested/restore", "{\"directory\": \"nested-again\"}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("skipped").valueStream().map(JsonNode::asString))
			.containsExactly("deeper/clip.mp4");
		assertThat(this.root.resolve("nested-again").resolve(folder.clip(1)))
			.hasBinaryContent(folder.read(folder.clip(1)));
	}

	@Test
	void restoreWhenALinkTookThePlaceOfTheDirectoryWritesNothing(@Autowired ArtifactFiles files,
			@Autowired JobDirectory directories, @Autowired Jobs jobs, @Autowired Holds holds,
			@Autowired WatchNotes watched) throws IOException {
		uploaded("swapped-target", 1);
		Path outside = FreshFolders.create("outside");
		JobDirectory swapping = Mockito.spy(directories);
		Mockito.doAnswer((writing) -> {
			Object checked = writing.callRealMethod();
			Files.delete(this.root.resolve("swapped/place"));
			Files.createSymbolicLink(this.root.resolve("swapped/place"), outside);
			return checked;
		}).when(swapping).forWriting("swapped/place");
		Restore restore = new Restore(files, swapping, jobs, holds, watched);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> restore.restore(new JobId("swapped-target"), "swapped/place"));
		assertThat(outside).isEmptyDirectory();
	}

	@Test
	void restoreWhenTheDirectoryLeadsOutsideTheRootIsRefusedAndWritesNothing() throws IOException {
		uploaded("kept-in", 1);
		Path outside = FreshFolders.create("outside");
		Files.createSymbolicLink(this.root.resolve("way-out"), outside);
		for (String directory : List.of("../elsewhere", "way-out", "way-out/deeper")) {
			Caller.Answer answer = this.caller.post("/jobs/kept-in/restore", "{\"directory\": \"" + directory + "\"}");
			assertThat(answer.status()).isEqualTo(422);
			assertThat(answer.problem()).isEqualTo("directory-outside-root");
		}
		assertThat(outside).isEmptyDirectory();
	}

}
