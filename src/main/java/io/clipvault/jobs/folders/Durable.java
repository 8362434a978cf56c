package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names in a directory survive a power failure. */
public final class Durable {

	private Durable() {
	}

	/** Syncs a directory, so that what was created or renamed in it stays so. */
	public static void sync(Path directory) throws IOException {
		try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
			names.force(true);
		}
	}

}
