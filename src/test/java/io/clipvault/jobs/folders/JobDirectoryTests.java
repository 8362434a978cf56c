package io.clipvault.jobs.folders;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;

import static org.mockito.Mockito.mock;

class JobDirectoryTests {

	private static final JobId JOB = new JobId("talk");

	private final Path root = FreshFolders.create("root");

	private final Store store = Mockito.mock();

	JobDirectoryTests() {
		given(this.store.prefix()).willReturn("");
	}

	@Test
	void relativeWhenTheDirectoryWasGivenAbsoluteIsFoundAfterTheRootHasMoved() throws IOException {
		Path path = JobFolder.create(this.root, "a/talk", "talk").withClips(1).path();
		String kept = under(this.root).relative(path.toString());
		Path moved = Files.move(this.root, this.root.resolveSibling(this.root.getFileName() + "-moved"));
		assertThat(kept).isEqualTo("a/talk");
		assertThat(under(moved).artifacts(JOB, kept)).hasSize(2);
	}

	@Test
	void artifactWhenTheSystemCannotResolveItMayPassUnlessItVanished() throws IOException {
		Path folder = JobFolder.create(this.root, "talk", "talk").withClips(1).path();
		Path loop = Files.createSymbolicLink(folder.resolve("loop.mp4"), Path.of("loop.mp4"));
		JobDirectory directories = under(this.root);
		assertThatExceptionOfType(FileState.Unusable.class)
			.isThrownBy(() -> directories.artifact("talk", "loop.mp4", "talk/loop.mp4", 1))
			.matches(FileState.Unusable::mayPass);
		Files.delete(loop);
		assertThatExceptionOfType(FileState.Unusable.class)
			.isThrownBy(() -> directories.artifact("talk", "loop.mp4", "talk/loop.mp4", 1))
			.matches((vanished) -> !vanished.mayPass());
	}

	@Test
	void artifactsWhenAFileNameIsNoUtf8AreRefusedAndTheNameIsPrintable() throws IOException {
		Path folder = JobFolder.create(this.root, "talk", "talk").withClips(1).path();
		Files.createFile(Path.of(URI.create(folder.toUri() + "caf%E9.mp4")));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> under(this.root).artifacts(JOB, "talk"))
			.satisfies((refused) -> assertThat(refused.type()).isEqualTo(ProblemType.UNUSABLE_FILE_NAME))
			.withMessageContaining("'caf%E9.mp4'")
			.withMessageContaining("rename it");
		Files.move(Path.of(URI.create(folder.toUri() + "caf%E9.mp4")), folder.resolve("caf\uFFFD.mp4"));
		assertThat(under(this.root).artifacts(JOB, "talk")).hasSize(3);
	}

	private JobDirectory under(Path root) {
		return new JobDirectory(new FolderSettings(root), new ArtifactSettings(List.of(".mp4", ".json"), List.of()),
				this.store, mock());
	}

}
