package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A file below the jobs root whose path had no link in it when it was checked. Each use
 * opens it without following links, so that it fails if somebody has put a link in the
 * place of the file or of a directory since.
 *
 * @param root the real path of the jobs root
 * @param path the real path of the file
 */
public record RootedFile(Path root, Path path) {

	public String name() {
		return this.path.getFileName().toString();
	}

	/** A file beside this one. */
	public RootedFile beside(String name) {
		return new RootedFile(this.root, this.path.resolveSibling(name));
	}

	public FileChannel read() throws IOException {
		return OpenFolder.of(this, (folder) -> folder.open(leaf(), StandardOpenOption.READ));
	}

	/** Opens a new file to write to. */
	public FileChannel create() throws IOException {
		return OpenFolder.of(this,
				(folder) -> folder.open(leaf(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
	}

	public FileState state() {
		try {
			BasicFileAttributes now = OpenFolder.of(this, (folder) -> folder.attributes(leaf()));
			if (!now.isRegularFile()) {
				throw FileState.Unusable.changed();
			}
			return FileState.of(now);
		}
		catch (IOException failure) {
			throw new FileState.Unusable(failure);
		}
	}

	/** Gives the file another name in its directory, in place of what has it now. */
	public void rename(String name) throws IOException {
		OpenFolder.of(this, (folder) -> {
			folder.move(leaf(), Path.of(name));
			return name;
		});
	}

	public void deleteIfExists() throws IOException {
		try {
			OpenFolder.of(this, (folder) -> {
				folder.delete(leaf());
				return leaf();
			});
		}
		catch (NoSuchFileException gone) {
			// That is what was asked for.
		}
	}

	Path folder() {
		return this.path.resolveSibling("");
	}

	/** The names of the directories from the root to the file. */
	List<Path> folders() {
		List<Path> names = new ArrayList<>();
		this.root.relativize(this.path).forEach(names::add);
		return names.subList(0, names.size() - 1);
	}

	private Path leaf() {
		return this.path.getFileName();
	}

}
