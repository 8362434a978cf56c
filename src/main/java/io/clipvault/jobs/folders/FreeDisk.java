package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;

/**
 * Keeps some space on the disk of the jobs root free of what callers send, so that the
 * generator and the database, which often share it, can go on.
 */
@Component
public class FreeDisk {

	/** How much is kept of a large disk. */
	private static final long LARGEST_FLOOR = 1L << 30;

	/** Of a small one it is this fraction. */
	private static final int FRACTION = 20;

	private final Path root;

	public FreeDisk(FolderSettings folders) {
		this.root = folders.root();
	}

	/** Refuses to write so many bytes more, if the floor would then be reached. */
	public void require(long bytes) throws IOException {
		FileStore disk = Files.getFileStore(this.root);
		long total = disk.getTotalSpace();
		long usable = disk.getUsableSpace();
		long floor = floor(total);
		// Some network file systems do not say how large they are.
		if (total > 0 && usable - bytes < floor) {
			throw new Problem(ProblemType.DISK_FULL,
					"The disk that holds the jobs root has %,d MB free, and %,d MB of it are kept free: free some space, then try again."
						.formatted(usable >> 20, floor >> 20));
		}
	}

	static long floor(long total) {
		return Math.min(LARGEST_FLOOR, total / FRACTION);
	}

}
