package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

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

	private JobDirectory under(Path root) {
		return new JobDirectory(new FolderSettings(root), new ArtifactSettings(List.of(".mp4", ".json"), List.of()),
				this.store);
	}

}
