package io.clipvault.jobs.folders;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/**
 * The name of an archive's entry or of a posted file: a folder, or none, and a file name.
 */
public record EntryName(String folder, String file) {

	/** The limit of the usual file systems, in bytes. */
	private static final int LONGEST = 255;

	/** Reads a name as the sender wrote it, and refuses one that is not plain. */
	public static EntryName of(String name) {
		String path = name.startsWith("./") ? name.substring(2) : name;
		List<String> parts = Arrays.asList(path.split("/", -1));
		boolean drive = path.length() > 1 && path.charAt(1) == ':';
		if (drive || path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)
				|| parts.stream().anyMatch((part) -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
			throw refused(name, "is not a plain path: send file names without '..', '\\', a drive or a leading slash");
		}
		if (parts.stream().anyMatch((part) -> part.getBytes(StandardCharsets.UTF_8).length > LONGEST)) {
			throw refused(name, "is longer than 255 bytes: shorten it");
		}
		return new EntryName(String.join("/", parts.subList(0, parts.size() - 1)), parts.getLast());
	}

	private static Problem refused(String name, String why) {
		return new Problem(ProblemType.UNUSABLE_FILE_NAME, "'%s' %s.".formatted(printable(name), why));
	}

	private static String printable(String name) {
		String shown = name.replaceAll("\\p{Cntrl}", "?");
		return (shown.length() > 300) ? shown.substring(0, 300) + "…" : shown;
	}

	@Override
	public String toString() {
		return this.folder.isEmpty() ? this.file : this.folder + "/" + this.file;
	}

}
