package io.clipvault.jobs.folders;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/** The attributes that show a changed file without reading it. */
public record FileState(long size, FileTime modified, @Nullable Object inode) {

	private static final String CHANGED = "The file changed while it was read: wait until nobody writes to it, then post the job again.";

	public static FileState of(Path file) {
		try {
			return of(Files.readAttributes(file, BasicFileAttributes.class));
		}
		catch (IOException failure) {
			throw new Unusable(failure);
		}
	}

	static FileState of(BasicFileAttributes now) {
		return new FileState(now.size(), now.lastModifiedTime(), now.fileKey());
	}

	public void requireUnchanged(RootedFile file) {
		if (!equals(file.state())) {
			throw Unusable.changed();
		}
	}

	/** The file cannot be sent. */
	public static final class Unusable extends RuntimeException {

		public Unusable(IOException failure) {
			this(words(failure), failure);
		}

		private Unusable(String words, @Nullable IOException cause) {
			super(words, cause);
		}

		static Unusable changed() {
			return new Unusable(CHANGED, null);
		}

		/** For a file of a jobs root that is away: it has not vanished. */
		public static Unusable withoutRoot() {
			return new Unusable("The jobs root is not there: check that its file system is mounted.",
					new IOException("no jobs root"));
		}

		/** Whether the file may be readable later without a repair of the file itself. */
		public boolean mayPass() {
			return getCause() instanceof IOException && !(getCause() instanceof EOFException
					|| getCause() instanceof NoSuchFileException || getCause() instanceof AccessDeniedException);
		}

		public String words() {
			return String.valueOf(getMessage());
		}

		private static String words(IOException failure) {
			return switch (failure) {
				case EOFException _ -> CHANGED;
				case NoSuchFileException _ ->
					"The file vanished before it was sent: bring it back, then post the job again.";
				case AccessDeniedException _ ->
					"The file may not be read: give this user the right to, then post the job again.";
				default -> "The file could not be read (%s): check the disk, then post the job again."
					.formatted(failure.getMessage());
			};
		}

	}

}
