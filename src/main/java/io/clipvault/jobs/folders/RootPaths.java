package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * Turns a caller's text into a path inside the jobs root, or refuses it.
 */
record RootPaths(Path root) {

	/**
	 * A caller's directory as rows keep it: relative to the root, so that it is found
	 * after the root was moved. Left as it is outside the root.
	 */
	String relative(String directory) {
		Path root = this.root.toAbsolutePath().normalize();
		Path resolved = resolved(root, directory);
		return (resolved.startsWith(root) && !resolved.equals(root)) ? root.relativize(resolved).toString() : directory;
	}

	/** A caller's directory as a path inside the root, whether it exists or not. */
	Path named(String directory) {
		Path root = this.root.toAbsolutePath().normalize();
		Path named = resolved(root, directory);
		// Refused before the disk is asked, so that nobody can probe for other paths.
		if (!named.startsWith(root) || named.equals(root)) {
			throw outside(directory);
		}
		return named;
	}

	private static Path resolved(Path root, String directory) {
		try {
			return root.resolve(directory).normalize();
		}
		catch (InvalidPathException invalid) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'directory' cannot be a path: %s.".formatted(invalid.getReason()), invalid);
		}
	}

	/** A directory inside the root, after all links are resolved. */
	Path inside(String directory) {
		Path real = real(named(directory), directory);
		if (!Files.isDirectory(real)) {
			throw new Problem(ProblemType.NOT_A_DIRECTORY,
					"'%s' is a file: name the directory that holds it.".formatted(directory));
		}
		return real;
	}

	/** Resolves all links, and refuses a path that is then outside the root. */
	Path contained(Path path, String name) throws IOException {
		Path root = this.root.toRealPath();
		Path real = path.toRealPath();
		if (!real.startsWith(root) || real.equals(root)) {
			throw outside(name);
		}
		return real;
	}

	/** The same for a path that a caller named. */
	Path real(Path path, String name) {
		try {
			return contained(path, name);
		}
		catch (NoSuchFileException missing) {
			throw new Problem(ProblemType.DIRECTORY_MISSING,
					"There is no '%s' in the jobs root: check the name, or wait until the generator has made it."
						.formatted(name),
					missing);
		}
		catch (IOException failure) {
			throw new Problem(ProblemType.DIRECTORY_MISSING,
					"'%s' cannot be opened: check that this user may read it.".formatted(name), failure);
		}
	}

	static Problem outside(String directory) {
		return new Problem(ProblemType.DIRECTORY_OUTSIDE_ROOT,
				"'%s' leads outside the jobs root: name a directory inside it.".formatted(directory));
	}

}
