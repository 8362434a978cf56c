package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.watched.WatchNoteSweep;
import io.clipvault.kit.FreshFolders;
import org.junit.jupiter.api.Test;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

class GoneDirectoriesTests {

	private final Path root = FreshFolders.create("gone");

	private final RootId rootId = mock();

	private final WatchNoteSweep notes = mock();

	private final GoneDirectories gone = new GoneDirectories(new FolderSettings(this.root), this.rootId, this.notes);

	@Test
	void lookWhenTheJobsRootIsAwayCountsNoAbsenceWhateverItsMountPointHas() throws IOException {
		Files.createFile(this.root.resolve("NOT_MOUNTED"));
		this.gone.look();
		given(this.rootId.isPresent()).willReturn(true);
		this.gone.look();
		verify(this.notes).sweep(Set.of("NOT_MOUNTED"));
		verifyNoMoreInteractions(this.notes);
	}

}
