package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.FreeDisk;
import io.clipvault.jobs.folders.Hashing;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.jobs.watched.WatchNotes;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;

/** Which files leave a job's directory, on every database. */
@SteppedTest
abstract class LocalCopiesContractTests {

	private static final String[] ALL = { "talk_clip_1.mp4", "talk_clip_2.mp4", "talk_metadata.json" };

	@Autowired
	private SteppedService service;

	@Autowired
	private LocalCopies copies;

	@Autowired
	private StoredFiles files;

	@Autowired
	private Holds holds;

	@Autowired
	private S3Client s3;

	@Autowired
	private Store store;

	private JobFolder upload(String job) {
		JobFolder folder = JobFolder.create(this.service.root(), job, "talk").withClips(2);
		assertThat(this.service.upload(job).path("status").asString()).isEqualTo("completed");
		return folder;
	}

	private static List<String> names(Path folder) throws IOException {
		try (Stream<Path> found = Files.list(folder)) {
			return found.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	private List<String> remove(String job) {
		return this.copies.remove(new JobId(job), () -> true);
	}

	private void requireKept(String job) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> remove(job))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.JOB_ACTIVE));
	}

	@Test
	void removeWhenTheBucketHasAllRemovesFilesAndDirectoryAndARestoreBringsThemBack() throws IOException {
		JobFolder folder = upload("copied");
		byte[] clip = folder.read("talk_clip_1.mp4");
		assertThat(remove("copied")).containsExactlyInAnyOrder(ALL);
		assertThat(folder.path()).doesNotExist();
		assertThat(remove("copied")).isEmpty();
		assertThat(this.service.caller().post("/jobs/copied/restore", "{}").status()).isEqualTo(200);
		assertThat(folder.read("talk_clip_1.mp4")).isEqualTo(clip);
		assertThat(names(folder.path())).containsExactly(ALL);
	}

	@Test
	void removeWhenFilesAreForeignOrChangedKeepsThemAndTheDirectory() throws IOException {
		JobFolder folder = upload("changed");
		folder.withFile("notes.txt", new byte[1]).withFile("talk_clip_3.mp4", new byte[1]);
		byte[] clip = folder.read("talk_clip_1.mp4");
		clip[clip.length / 2]++;
		folder.withFile("talk_clip_1.mp4", clip);
		assertThat(remove("changed")).containsExactlyInAnyOrder("talk_clip_2.mp4", "talk_metadata.json");
		assertThat(names(folder.path())).containsExactly("notes.txt", "talk_clip_1.mp4", "talk_clip_3.mp4");
	}

	@Test
	void removeWhenTheBucketLacksAnObjectOrHasAnotherKeepsItsFile() throws IOException {
		JobFolder folder = upload("harmed");
		this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key("harmed/talk_clip_1.mp4"));
		this.s3.putObject((put) -> put.bucket(this.store.bucket())
			.key("harmed/talk_clip_2.mp4")
			.metadata(Map.of("sha256", "another")), RequestBody.fromBytes(folder.read("talk_clip_2.mp4")));
		assertThat(remove("harmed")).containsExactly("talk_metadata.json");
		assertThat(names(folder.path())).containsExactly("talk_clip_1.mp4", "talk_clip_2.mp4");
	}

	@Test
	void removeWhenAnObjectGoesWhileLaterFilesAreHashedKeepsItsFile(@Autowired ArtifactStore artifacts,
			@Autowired Hashing hashing, @Autowired FreeDisk disk, @Autowired JobDirectory directories,
			@Autowired WatchNotes watched) throws IOException {
		JobFolder folder = upload("emptied");
		ArtifactFiles slow = new ArtifactFiles(artifacts, hashing, disk) {
			@Override
			boolean isCopy(RootedFile file, StoredFiles.File stored) throws IOException {
				boolean copy = super.isCopy(file, stored);
				LocalCopiesContractTests.this.s3
					.deleteObject((delete) -> delete.bucket(LocalCopiesContractTests.this.store.bucket())
						.key("emptied/talk_clip_1.mp4"));
				return copy;
			}
		};
		LocalCopies removing = new LocalCopies(slow, directories, this.holds, this.files, watched);
		assertThat(removing.remove(new JobId("emptied"), () -> true)).doesNotContain("talk_clip_1.mp4").hasSize(2);
		assertThat(names(folder.path())).containsExactly("talk_clip_1.mp4");
	}

	@Test
	void removeWhileAnotherJobIsAboutToNameTheDirectoryKeepsItOff(@Autowired ArtifactStore artifacts,
			@Autowired Hashing hashing, @Autowired FreeDisk disk, @Autowired JobDirectory directories,
			@Autowired WatchNotes watched) throws IOException {
		JobFolder.create(this.service.root(), "rendered-twice", "talk").withClips(2);
		this.service.caller().post("/jobs/first/artifacts", "{\"directory\": \"rendered-twice\"}");
		assertThat(this.service.run("first").path("status").asString()).isEqualTo("completed");
		List<String> answers = new ArrayList<>();
		ArtifactFiles meanwhile = new ArtifactFiles(artifacts, hashing, disk) {
			@Override
			boolean isStored(StoredFiles.File stored) {
				answers.add(LocalCopiesContractTests.this.service.caller()
					.post("/jobs/second/artifacts", "{\"directory\": \"rendered-twice\"}")
					.problem());
				return super.isStored(stored);
			}
		};
		LocalCopies removing = new LocalCopies(meanwhile, directories, this.holds, this.files, watched);
		assertThat(removing.remove(new JobId("first"), () -> true)).hasSize(3);
		assertThat(answers).hasSize(3).containsOnly("job-active");
	}

	@Test
	void removeWhenItFailsMidwayNotesWhatIsLeftOfAWatchedDirectory(@Autowired ArtifactStore artifacts,
			@Autowired Hashing hashing, @Autowired FreeDisk disk, @Autowired JobDirectory directories)
			throws IOException {
		JobFolder folder = upload("half-removed");
		ArtifactFiles breaking = new ArtifactFiles(artifacts, hashing, disk) {
			@Override
			boolean isStored(StoredFiles.File stored) {
				if (stored.name().equals("talk_clip_2.mp4")) {
					throw new Problem(ProblemType.STORE_UNREACHABLE, "away");
				}
				return super.isStored(stored);
			}
		};
		WatchNotes watched = mock();
		given(watched.look("half-removed")).willReturn(Optional.of(DirectorySnapshot.of(folder.path().toRealPath())));
		given(watched.isKnown(any())).willReturn(true);
		LocalCopies removing = new LocalCopies(breaking, directories, this.holds, this.files, watched);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> removing.remove(new JobId("half-removed"), () -> true));
		ArgumentCaptor<DirectorySnapshot> noted = ArgumentCaptor.captor();
		then(watched).should(atLeastOnce()).note(noted.capture());
		assertThat(noted.getValue()).isEqualTo(DirectorySnapshot.of(folder.path().toRealPath()));
		assertThat(noted.getValue().files()).containsOnlyKeys("talk_clip_2.mp4", "talk_metadata.json");
	}

	@Test
	void restoreWhileAnotherJobHasNotSentTheDirectoryYetLeavesItsFiles() {
		JobFolder folder = upload("rendered");
		byte[] again = folder.read("talk_clip_1.mp4");
		again[0]++;
		folder.withFile("talk_clip_1.mp4", again);
		this.service.caller().post("/jobs/rendering/artifacts", "{\"directory\": \"rendered\"}");
		assertThat(this.service.caller().post("/jobs/rendered/restore", "{}").problem()).isEqualTo("job-active");
		assertThat(folder.read("talk_clip_1.mp4")).isEqualTo(again);
		this.service.run("rendering");
		assertThat(this.service.caller().post("/jobs/rendered/restore", "{}").status()).isEqualTo(200);
	}

	@Test
	void restoreRemovesTheHalfFilesOfKilledOnesAndNothingElse() throws IOException {
		JobFolder folder = upload("half-restored");
		folder.withFile("restore-%s.part".formatted(UUID.randomUUID()), new byte[1]);
		folder.withFile("restore-mine.part", new byte[1]);
		assertThat(this.service.caller().post("/jobs/half-restored/restore", "{}").status()).isEqualTo(200);
		assertThat(names(folder.path())).containsExactly("restore-mine.part", ALL[0], ALL[1], ALL[2]);
	}

	@Test
	void fetchTellsNowAndThenThatBytesArrive() throws IOException {
		AtomicInteger told = new AtomicInteger();
		try (ArtifactFiles.Arriving file = new ArtifactFiles.Arriving(OutputStream.nullOutputStream(),
				told::incrementAndGet)) {
			byte[] bytes = new byte[1 << 20];
			for (long written = 0; written < 2 * ArtifactFiles.Arriving.STEP; written += bytes.length) {
				file.write(bytes);
			}
		}
		assertThat(told).hasValue(2);
	}

	@Test
	void removeWhileAnotherJobNamesTheDirectoryKeepsAll() throws IOException {
		JobFolder folder = upload("shared");
		for (String spelling : List.of("shared", "./shared", "shared/", folder.path().toAbsolutePath().toString())) {
			assertThat(this.service.caller()
				.post("/jobs/other/artifacts", "{\"directory\": \"%s\"}".formatted(spelling))
				.status()).isEqualTo(202);
			requireKept("shared");
			assertThat(this.service.run("other").path("status").asString()).isEqualTo("completed");
			requireKept("shared");
		}
		assertThat(names(folder.path())).containsExactly(ALL);
	}

	@Test
	void removeWhileTheJobIsHeldOrActiveKeepsAll() throws IOException {
		JobFolder folder = upload("busy");
		try (Holds.Hold _ = this.holds.hold(new JobId("busy"))) {
			requireKept("busy");
		}
		this.service.caller().postJob("busy");
		requireKept("busy");
		this.service.run("busy");
		assertThat(this.service.caller().send(this.service.caller().request("/jobs/busy/artifacts").DELETE()).status())
			.isEqualTo(200);
		assertThat(remove("busy")).as("the bucket has nothing any more").isEmpty();
		assertThat(names(folder.path())).containsExactly(ALL);
	}

	@Test
	void removeWhenAFileIsALinkKeepsWhatItLeadsTo() throws IOException {
		Path elsewhere = Files.createDirectories(this.service.root().resolve("holds-the-real-file"))
			.resolve("real.mp4");
		Files.write(elsewhere, new byte[1]);
		JobFolder folder = JobFolder.create(this.service.root(), "links-inside", "talk").withClips(1);
		Files.createSymbolicLink(folder.path().resolve("link.mp4"), elsewhere);
		assertThat(this.service.upload("links-inside").path("status").asString()).isEqualTo("completed");
		assertThat(remove("links-inside")).doesNotContain("link.mp4");
		assertThat(elsewhere).exists();
		assertThat(names(folder.path())).containsExactly("link.mp4");
	}

	@Test
	void pruneTakesJobsOnceAfterTheirDelayAndAgainAfterARestore() {
		Duration delay = Duration.ofHours(1);
		JobFolder folder = upload("pruned");
		prune(delay);
		assertThat(folder.path()).exists();
		this.service.advance(delay);
		prune(delay);
		assertThat(folder.path()).doesNotExist();
		this.service.caller().post("/jobs/pruned/restore", "{}");
		prune(delay);
		assertThat(folder.path()).as("restored just now").exists();
		this.service.advance(delay);
		prune(delay);
		assertThat(folder.path()).doesNotExist();
		assertThat(this.files.unpruned(this.service.now(), null, 1000)).extracting(StoredFiles.Unpruned::job)
			.doesNotContain(new JobId("pruned"));
	}

	@Test
	void pruneWhileTheJobsRootIsAwayTakesTheJobOnceItIsBack() throws IOException {
		JobFolder folder = upload("unmounted");
		Path id = this.service.root().resolve(".clipvault");
		Path aside = Files.createTempDirectory("unmounted");
		Files.move(id, aside.resolve("id"));
		Files.move(folder.path(), aside.resolve("folder"));
		try {
			prune(Duration.ZERO);
		}
		finally {
			Files.move(aside.resolve("id"), id);
			Files.move(aside.resolve("folder"), folder.path());
		}
		prune(Duration.ZERO);
		assertThat(folder.path()).doesNotExist();
	}

	@Test
	void removeWhenItIsNoLongerDueOnceTheJobIsHeldKeepsAll() throws IOException {
		JobFolder folder = upload("restored");
		assertThat(this.copies.remove(new JobId("restored"), () -> false)).isEmpty();
		assertThat(names(folder.path())).containsExactly(ALL);
	}

	private void prune(Duration delay) {
		Pruning.prune(this.service.now().minus(delay), this.copies, this.files, () -> false);
	}

}
