package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A directory as it was listed.
 *
 * @param directory relative to the jobs root, as the caller named it
 * @param real its path after all links are resolved
 * @param inode tells it from a directory that replaces it; null where the system has none
 */
public record DirectoryListing(String directory, List<Artifact> artifacts, Path real, @Nullable Object inode) {

	/** Whether another directory has its name now. */
	public boolean isReplaced() {
		try {
			return this.inode != null && !this.inode.equals(inode(this.real));
		}
		catch (IOException gone) {
			return true;
		}
	}

	static @Nullable Object inode(Path directory) throws IOException {
		return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
	}

}
