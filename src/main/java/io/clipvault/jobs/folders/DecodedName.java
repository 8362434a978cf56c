package io.clipvault.jobs.folders;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * The names of files as text; a name whose bytes are no text could not be found again.
 */
final class DecodedName {

	private DecodedName() {
	}

	/** The name of a file, refused if it does not lead back to the file. */
	static String of(Path file) {
		String name = file.getFileName().toString();
		if (!leadsTo(file, name)) {
			throw new Problem(ProblemType.UNUSABLE_FILE_NAME, why(file));
		}
		return name;
	}

	private static boolean leadsTo(Path file, String name) {
		try {
			return file.resolveSibling(name).equals(file);
		}
		catch (InvalidPathException undecodable) {
			return false;
		}
	}

	private static String why(Path file) {
		String address = file.toUri().getRawPath();
		String printable = address.substring(address.lastIndexOf('/') + 1);
		String encoding = encoding();
		String repair = encoding.equals("UTF-8") ? "rename it"
				: "start the service with LC_ALL=C.UTF-8, or rename it if it is no UTF-8 either";
		return "The file name '%s' (written as in a URL) has bytes that this service cannot read as %s: %s, then post the job again."
			.formatted(printable, encoding, repair);
	}

	/** The encoding in which this process reads file names. */
	static String encoding() {
		return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).name();
	}

}
