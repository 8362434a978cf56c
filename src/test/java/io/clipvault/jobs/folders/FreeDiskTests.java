package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.clipvault.kit.FreshFolders;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FreeDiskTests {

	private static final long GIBIBYTE = 1L << 30;

	private final Path root = FreshFolders.create("disk");

	private final FreeDisk disk = new FreeDisk(new FolderSettings(this.root));

	@Test
	void floorIsATwentiethAndAtMostAGibibyte() {
		assertThat(FreeDisk.floor(20_000)).isEqualTo(1000);
		assertThat(FreeDisk.floor(20 * GIBIBYTE)).isEqualTo(GIBIBYTE);
		assertThat(FreeDisk.floor(2000 * GIBIBYTE)).isEqualTo(GIBIBYTE);
	}

	@Test
	void requireWhenTheBytesWouldReachTheFloorIsRefused() throws IOException {
		long usable = Files.getFileStore(this.root).getUsableSpace();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.disk.require(usable))
			.extracting(Problem::type)
			.isEqualTo(ProblemType.DISK_FULL);
	}

}
