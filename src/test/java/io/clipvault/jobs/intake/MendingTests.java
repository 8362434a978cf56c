package io.clipvault.jobs.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.clipvault.jobs.ArtifactsMissing;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.DirectoryListing;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class MendingTests {

	private static final JobId JOB = new JobId("talk");

	private static final StoredFiles.Stored STORED = new StoredFiles.Stored(JOB, 3L, "talk",
			List.of(new StoredFiles.File("a.mp4", "talk/a.mp4", 5, "digest")));

	private final StoredFiles files = mock();

	private final JobDirectory directories = mock();

	private final Postings postings = mock();

	private final JobDetails details = mock();

	private final Mending mending = new Mending(this.files, mock(), new JobAcceptance(this.directories, this.postings,
			mock(), this.details, TransactionOperations.withoutTransaction()));

	@Test
	void mendWhenTheDirectoryHasAllFilesPostsItAgain() {
		given(this.files.of(JOB)).willReturn(Optional.of(STORED));
		given(this.details.get(JOB)).willReturn(mock());
		DirectoryListing listing = listing(5);
		this.mending.mend(new ArtifactsMissing(JOB));
		verify(this.postings).enter(JOB, listing, null);
	}

	@Test
	void mendWhenAFileIsNotThereAsItWasPostsNothing() {
		given(this.files.of(JOB)).willReturn(Optional.of(STORED));
		listing(4);
		this.mending.mend(new ArtifactsMissing(JOB));
		verifyNoInteractions(this.postings);
	}

	@Test
	void mendWhenTheArtifactsAreRemovedMeanwhilePostsNothing() {
		given(this.files.of(JOB)).willReturn(Optional.of(STORED)).willReturn(Optional.empty());
		listing(5);
		this.mending.mend(new ArtifactsMissing(JOB));
		verifyNoInteractions(this.postings);
	}

	private DirectoryListing listing(long size) {
		DirectoryListing listing = new DirectoryListing("talk", List.of(new Artifact(new ArtifactName("a.mp4"),
				new RootedFile(Path.of(""), Path.of("a.mp4")), "talk/a.mp4", size)), Path.of("talk"), null);
		given(this.directories.list(any(), any())).willReturn(listing);
		return listing;
	}

}
