package io.clipvault.jobs.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class IncomingDirectoriesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final Path root = FreshFolders.create("sweep");

	private final MutableClock clock = new MutableClock(NOW);

	private final IncomingDirectories incoming = Archives.incoming(this.root, this.clock);

	@Test
	void sweepWhenAProcessWasKilledBetweenTheRenamesMovesTheOldDirectoryBack() throws IOException {
		Files.writeString(left("replaced", "job-1").resolve("a.mp4"), "old");
		this.incoming.sweep();
		assertThat(this.root.resolve("job-1")).doesNotExist();
		this.clock.advance(IncomingDirectories.LONGEST_SWAP);
		this.incoming.sweep();
		assertThat(this.root.resolve("job-1").resolve("a.mp4")).hasContent("old");
	}

	@Test
	void sweepWhenTheNewDirectoryIsThereRemovesTheOldOneOnceNobodyCanPutItBack() throws IOException {
		Path replaced = left("replaced", "job-1");
		Files.createDirectory(this.root.resolve("job-1"));
		this.clock.advance(IncomingDirectories.LONGEST_PAUSE.minus(Duration.ofMillis(1)));
		this.incoming.sweep();
		assertThat(replaced).exists();
		this.clock.advance(Duration.ofMillis(1));
		this.incoming.sweep();
		assertThat(replaced).doesNotExist();
		assertThat(this.root.resolve("job-1")).isDirectory();
	}

	@Test
	void sweepWhenNothingArrivedForADayRemovesTheFolderAndNothingElse() throws IOException {
		Path arriving = left("incoming", "job-1");
		Path foreign = Files.createDirectory(this.root.resolve(".incoming-by-hand"));
		this.clock.advance(IncomingDirectories.LONGEST_PAUSE.minus(Duration.ofMillis(1)));
		this.incoming.sweep();
		assertThat(arriving).exists();
		this.clock.advance(Duration.ofMillis(1));
		this.incoming.sweep();
		assertThat(arriving).doesNotExist();
		assertThat(foreign).exists();
	}

	@Test
	void sweepWhenBytesStillArriveKeepsTheFolderHoweverOldItIs() throws IOException {
		Path arriving = left("incoming", "job-1");
		Path file = Files.createFile(arriving.resolve("large.mp4"));
		for (int day = 0; day < 3; day++) {
			this.clock.advance(IncomingDirectories.LONGEST_PAUSE.minus(Duration.ofMillis(1)));
			changed(file, this.clock.instant());
			changed(arriving, NOW);
			this.incoming.sweep();
			assertThat(file).exists();
		}
		this.clock.advance(IncomingDirectories.LONGEST_PAUSE);
		this.incoming.sweep();
		assertThat(arriving).doesNotExist();
	}

	@Test
	void addWhenTheDiskIsFullSaysSoAndWorksAgainOnceThereIsSpace() throws Exception {
		assumeThat(ran("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", this.root.toString()))
			.as("mounting a small tmpfs needs root")
			.isTrue();
		try {
			assertThatExceptionOfType(Problem.class).isThrownBy(this::receive)
				.satisfies((full) -> assertThat(full.type()).isEqualTo(ProblemType.DISK_FULL));
			assertThat(this.root).isEmptyDirectory();
			assertThat(ran("mount", "-o", "remount,size=1m", this.root.toString())).isTrue();
			receive();
		}
		finally {
			assertThat(ran("umount", this.root.toString())).isTrue();
		}
	}

	@Test
	void addWhenTheDiskIsNearlyFullIsRefusedBeforeItIsFull() throws Exception {
		assumeThat(ran("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", this.root.toString()))
			.as("mounting a small tmpfs needs root")
			.isTrue();
		try {
			IncomingDirectories wide = Archives.incoming(this.root, DataSize.ofGigabytes(1), this.clock);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> {
				try (IncomingDirectory folder = wide.open(new JobId("job-1"))) {
					Files.write(this.root.resolve("of-the-generator"), new byte[30 << 20]);
					folder.add("a.mp4", new ByteArrayInputStream(new byte[34 << 20]));
				}
			}).satisfies((full) -> {
				assertThat(full.type()).isEqualTo(ProblemType.DISK_FULL);
				assertThat(full.detail()).startsWith("The disk that holds the jobs root has 2 MB free, and 3 MB");
			});
			Files.write(this.root.resolve("of-the-generator-too"), new byte[32 << 20]);
			assertThatExceptionOfType(Problem.class).isThrownBy(this::receive)
				.withMessageContaining("3 MB of it are kept free");
			assertThat(this.root.toFile().list()).containsExactlyInAnyOrder("of-the-generator", "of-the-generator-too");
		}
		finally {
			assertThat(ran("umount", this.root.toString())).isTrue();
		}
	}

	private void receive() {
		try (IncomingDirectory folder = this.incoming.open(new JobId("job-1"))) {
			folder.add("a.mp4", new ByteArrayInputStream(new byte[9_000]));
			folder.sync();
		}
	}

	private static boolean ran(String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException noSuchCommand) {
			return false;
		}
	}

	private Path left(String kind, String job) throws IOException {
		Path folder = this.root.resolve(".%s-%013d-0a1b2c3d-%s".formatted(kind, NOW.toEpochMilli(), job));
		return changed(Files.createDirectory(folder), NOW);
	}

	private static Path changed(Path path, Instant time) throws IOException {
		return Files.setLastModifiedTime(path, FileTime.from(time));
	}

}
