package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The directory of a file, reached from the jobs root without following a link. */
sealed interface OpenFolder {

	FileChannel open(Path name, OpenOption... options) throws IOException;

	BasicFileAttributes attributes(Path name) throws IOException;

	void move(Path from, Path to) throws IOException;

	void delete(Path name) throws IOException;

	/** Uses the directory of a file while it is open. */
	static <T> T of(RootedFile file, Use<T> use) throws IOException {
		try (DirectoryStream<Path> root = Files.newDirectoryStream(file.root())) {
			return (root instanceof SecureDirectoryStream<Path> open) ? descend(open, file.folders().iterator(), use)
					: use.in(new ByPath(file.folder()));
		}
	}

	private static <T> T descend(SecureDirectoryStream<Path> open, Iterator<Path> names, Use<T> use)
			throws IOException {
		if (!names.hasNext()) {
			return use.in(new ByHandle(open));
		}
		try (SecureDirectoryStream<Path> next = open.newDirectoryStream(names.next(), LinkOption.NOFOLLOW_LINKS)) {
			return descend(next, names, use);
		}
	}

	private static Set<OpenOption> withoutLinks(OpenOption... options) {
		Set<OpenOption> all = new HashSet<>(List.of(options));
		all.add(LinkOption.NOFOLLOW_LINKS);
		return all;
	}

	/** What is done in a directory. */
	@FunctionalInterface
	interface Use<T> {

		T in(OpenFolder folder) throws IOException;

	}

	/** Names are resolved against the open directory, whatever its path leads to now. */
	record ByHandle(SecureDirectoryStream<Path> handle) implements OpenFolder {

		@Override
		public FileChannel open(Path name, OpenOption... options) throws IOException {
			return (FileChannel) this.handle.newByteChannel(name, withoutLinks(options));
		}

		@Override
		public BasicFileAttributes attributes(Path name) throws IOException {
			return this.handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
				.readAttributes();
		}

		@Override
		public void move(Path from, Path to) throws IOException {
			this.handle.move(from, this.handle, to);
		}

		@Override
		public void delete(Path name) throws IOException {
			this.handle.deleteFile(name);
		}

	}

	/**
	 * For systems that cannot open relative to a directory: the path is checked for links
	 * before each use, and once more before an open file is given away.
	 */
	record ByPath(Path folder) implements OpenFolder {

		@Override
		public FileChannel open(Path name, OpenOption... options) throws IOException {
			requireNoLinks();
			FileChannel file = FileChannel.open(this.folder.resolve(name), withoutLinks(options));
			try {
				requireNoLinks();
				return file;
			}
			catch (IOException moved) {
				file.close();
				throw moved;
			}
		}

		@Override
		public BasicFileAttributes attributes(Path name) throws IOException {
			requireNoLinks();
			return Files.readAttributes(this.folder.resolve(name), BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
		}

		@Override
		public void move(Path from, Path to) throws IOException {
			requireNoLinks();
			Files.move(this.folder.resolve(from), this.folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
		}

		@Override
		public void delete(Path name) throws IOException {
			requireNoLinks();
			Files.delete(this.folder.resolve(name));
		}

		private void requireNoLinks() throws IOException {
			if (!this.folder.toRealPath().equals(this.folder)) {
				throw new NotDirectoryException(this.folder.toString());
			}
		}

	}

}
