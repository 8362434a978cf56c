package io.clipvault.jobs.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.clipvault.jobs.archives.Archives;
import io.clipvault.jobs.folders.Durable;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.kit.Crowd;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.verifyNoInteractions;

class FileIntakeTests {

	private static final JobId JOB = new JobId("job-1");

	private final JobAcceptance acceptance = Mockito.mock();

	private final JobDetails details = Mockito.mock();

	private final DirectoryGuard guard = Mockito.mock();

	private final Holds.Hold hold = Mockito.mock();

	private final Path root = FreshFolders.create("files");

	private final Clock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	@BeforeEach
	void nobodyElseWorksOnTheJob() {
		given(this.guard.hold(JOB)).willReturn(this.hold);
	}

	@Test
	void tarWhenAcceptanceFailsMovesTheOldDirectoryBack() throws IOException {
		JobFolder.create(this.root, "job-1", "talk")
			.withFile("old.mp4", "old".getBytes(StandardCharsets.UTF_8))
			.received();
		given(this.acceptance.accept(eq(JOB), (Holds.Hold) any())).willThrow(new IllegalStateException("no database"));
		assertThatIllegalStateException().isThrownBy(this::tar).withMessage("no database");
		assertThat(this.root.resolve("job-1").resolve("old.mp4")).hasContent("old");
		assertThat(this.root.toFile().list()).containsExactly("job-1");
	}

	@Test
	void tarWhenARetryBeganTogetherWithTheHoldLeavesItsDirectoryAlone() throws IOException {
		JobFolder.create(this.root, "job-1", "talk")
			.withFile("old.mp4", "old".getBytes(StandardCharsets.UTF_8))
			.received();
		willThrow(new Problem(ProblemType.JOB_ACTIVE, "It is uploading.")).given(this.hold).renew();
		assertThatExceptionOfType(Problem.class).isThrownBy(this::tar);
		assertThat(this.root.resolve("job-1").resolve("old.mp4")).hasContent("old");
		verifyNoInteractions(this.acceptance);
	}

	@Test
	void tarWhenTheDatabaseCannotTellWhetherItWasAcceptedKeepsTheNewFiles() throws IOException {
		JobFolder.create(this.root, "job-1", "talk")
			.withFile("old.mp4", "old".getBytes(StandardCharsets.UTF_8))
			.received();
		given(this.acceptance.accept(eq(JOB), (Holds.Hold) any()))
			.willThrow(new IllegalStateException("connection lost"));
		given(this.details.find(JOB)).willReturn(Optional.empty()).willThrow(new IllegalStateException("no database"));
		assertThatIllegalStateException().isThrownBy(this::tar).withMessage("no database");
		assertThat(JobFolder.names(this.root.resolve("job-1"))).containsExactly("new.mp4");
	}

	@Test
	void tarWhenAcceptedHasSyncedTheFilesTheirDirectoryAndTheRootBefore() {
		try (MockedStatic<Durable> disk = Mockito.mockStatic()) {
			tar();
			InOrder order = Mockito.inOrder(Durable.class, this.acceptance);
			order.verify(disk,
					() -> Durable.sync(argThat((path) -> path.getFileName().toString().startsWith(".incoming-"))));
			order.verify(disk, () -> Durable.sync(this.root));
			order.verify(this.acceptance).accept(eq(JOB), (Holds.Hold) any());
		}
	}

	@Test
	void filesWhenAllPlacesAreTakenAreRefusedWithoutBeingRead() throws InterruptedException {
		FileIntake intake = intake();
		try (Crowd trickling = new Crowd(FileIntake.MOST)) {
			trickling.enter(() -> intake.zip(JOB, trickling.body(10)));
			InputStream unread = Mockito.mock();
			for (Runnable post : List.<Runnable>of(() -> intake.tar(JOB, unread), () -> intake.zip(JOB, unread),
					() -> intake.form(JOB, "multipart/form-data; boundary=b", unread))) {
				assertThatExceptionOfType(Problem.class).isThrownBy(post::run)
					.extracting(Problem::type)
					.isEqualTo(ProblemType.INTAKES_BUSY);
			}
			Mockito.verifyNoInteractions(unread);
		}
		assertThat(this.root).isEmptyDirectory();
		intake.tar(JOB, new ByteArrayInputStream(Archives.tar("new.mp4")));
	}

	private void tar() {
		intake().tar(JOB, new ByteArrayInputStream(Archives.tar("new.mp4")));
	}

	private FileIntake intake() {
		return new FileIntake(this.acceptance, this.details, this.guard, Archives.incoming(this.root, this.clock),
				new FolderSettings(this.root));
	}

}
