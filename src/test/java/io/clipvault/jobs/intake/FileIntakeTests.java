package io.clipvault.jobs.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.clipvault.jobs.archives.ArchiveSettings;
import io.clipvault.jobs.archives.Archives;
import io.clipvault.jobs.archives.IncomingDirectories;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;

class FileIntakeTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final JobId JOB = new JobId("job-1");

	private final JobAcceptance acceptance = Mockito.mock();

	private final JobDetails details = Mockito.mock();

	private final Path root = FreshFolders.create("sweep");

	private final MutableClock clock = new MutableClock(NOW);

	@Test
	void sweepWhenProcessWasKilledBetweenTheRenamesBringsTheOldDirectoryBack() throws IOException {
		Files.writeString(left("replaced", "job-1").resolve("a.mp4"), "old");
		incoming().sweep();
		assertThat(this.root.resolve("job-1")).doesNotExist();
		this.clock.advance(IncomingDirectories.LONGEST_SWAP);
		incoming().sweep();
		assertThat(this.root.resolve("job-1").resolve("a.mp4")).hasContent("old");
	}

	@Test
	void sweepWhenTheNewDirectoryIsThereRemovesTheOldOne() throws IOException {
		Path replaced = left("replaced", "job-1");
		Files.createDirectory(this.root.resolve("job-1"));
		this.clock.advance(IncomingDirectories.LONGEST_SWAP);
		incoming().sweep();
		assertThat(replaced).doesNotExist();
		assertThat(this.root.resolve("job-1")).isDirectory();
	}

	@Test
	void sweepWhenBodyNeverArrivedWholeRemovesItAfterADayAndNothingElse() throws IOException {
		Path incoming = left("incoming", "job-1");
		Path foreign = Files.createDirectory(this.root.resolve(".incoming-by-hand"));
		this.clock.advance(IncomingDirectories.LONGEST_BODY.minus(Duration.ofMillis(1)));
		incoming().sweep();
		assertThat(incoming).exists();
		this.clock.advance(Duration.ofMillis(1));
		incoming().sweep();
		assertThat(incoming).doesNotExist();
		assertThat(foreign).exists();
	}

	@Test
	void tarWhenAcceptanceFailsBringsTheOldDirectoryBack() throws IOException {
		Path old = Files.writeString(Files.createDirectory(this.root.resolve("job-1")).resolve("old.mp4"), "old");
		given(this.acceptance.accept(JOB, "job-1")).willThrow(new IllegalStateException("no database"));
		assertThatIllegalStateException().isThrownBy(this::tar).withMessage("no database");
		assertThat(old).hasContent("old");
		assertThat(this.root.toFile().list()).containsExactly("job-1");
	}

	@Test
	void tarWhenNobodyCanTellWhetherItWasAcceptedKeepsTheNewFiles() throws IOException {
		Files.writeString(Files.createDirectory(this.root.resolve("job-1")).resolve("old.mp4"), "old");
		given(this.acceptance.accept(JOB, "job-1")).willThrow(new IllegalStateException("connection lost"));
		given(this.details.find(JOB)).willReturn(Optional.empty()).willThrow(new IllegalStateException("no database"));
		assertThatIllegalStateException().isThrownBy(this::tar).withMessage("no database");
		assertThat(this.root.resolve("job-1").toFile().list()).containsExactly("new.mp4");
	}

	private void tar() {
		intake().tar(JOB, new ByteArrayInputStream(Archives.tar("new.mp4")));
	}

	private Path left(String kind, String job) throws IOException {
		return Files
			.createDirectory(this.root.resolve(".%s-%013d-0a1b2c3d-%s".formatted(kind, NOW.toEpochMilli(), job)));
	}

	private FileIntake intake() {
		return new FileIntake(this.acceptance, this.details, Mockito.mock(DirectoryGuard.class), incoming(),
				new FolderSettings(this.root));
	}

	private IncomingDirectories incoming() {
		return new IncomingDirectories(new FolderSettings(this.root),
				new ArchiveSettings(10, DataSize.ofKilobytes(10), DataSize.ofKilobytes(10), 10), this.clock);
	}

}
