package io.clipvault.jobs.intake;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.watched.WatchNoteSweep;
import io.clipvault.layouts.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds the watched directories that are gone, so that their notes do not stay for ever.
 */
@Component
@ConditionalOnBooleanProperty("clipvault.jobs.watch")
class GoneDirectories {

	private static final Logger log = LoggerFactory.getLogger(GoneDirectories.class);

	private final Path root;

	private final RootId rootId;

	private final WatchNoteSweep notes;

	GoneDirectories(FolderSettings folders, RootId rootId, WatchNoteSweep notes) {
		this.root = folders.root();
		this.rootId = rootId;
		this.notes = notes;
	}

	@Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	void look() {
		if (!this.rootId.isPresent()) {
			// Its mount point may have entries too, as a file that says so.
			return;
		}
		Set<String> present = new HashSet<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.root)) {
			for (Path path : found) {
				String name = path.getFileName().toString();
				if (JobId.isValid(name)) {
					present.add(name);
				}
			}
		}
		catch (IOException | DirectoryIteratorException failure) {
			log.debug("The jobs root {} cannot be listed, so no watch note is removed.", this.root, failure);
			return;
		}
		this.notes.sweep(present);
	}

}
