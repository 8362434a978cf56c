package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.ArtifactSettings;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns a caller's text into paths inside the jobs root, and finds what a job's directory
 * has to upload.
 */
@Component
public class JobDirectory {

	private static final Logger log = LoggerFactory.getLogger(JobDirectory.class);

	private final Path root;

	private final RootPaths paths;

	private final ArtifactSettings settings;

	private final Store store;

	private final RootId rootId;

	JobDirectory(FolderSettings folders, ArtifactSettings settings, Store store, RootId rootId) {
		this.rootId = rootId;
		this.root = folders.root();
		this.paths = new RootPaths(this.root);
		this.settings = settings;
		this.store = store;
		String charset = DecodedName.encoding();
		if (!Charset.forName(charset).newEncoder().canEncode("\u00e9\u4e2d")) {
			log.warn(
					"File names are read as {}, so jobs that have files with other characters in their names are refused. Start with LC_ALL=C.UTF-8.",
					charset);
		}
	}

	/** Whether the jobs root is there, and not an empty mount point. */
	public boolean isRootPresent() {
		return this.rootId.isPresent();
	}

	/** Lists a directory for a posting. */
	public DirectoryListing list(JobId job, String directory) {
		this.rootId.requirePresent();
		Path real = inside(directory);
		try {
			// Before the files: whoever replaces the directory meanwhile is noticed.
			@Nullable Object inode = DirectoryListing.inode(real);
			return new DirectoryListing(relative(directory), artifacts(job, directory), real, inode);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** The artifacts of a directory, clips first and metadata last. */
	public List<Artifact> artifacts(JobId job, String directory) {
		Path folder = inside(directory);
		List<Artifact> artifacts = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				if (this.settings.isArtifact(file.getFileName().toString()) && !isSpecial(file)) {
					String name = DecodedName.of(file);
					RootedFile real = rooted(file, directory + "/" + name);
					artifacts.add(new Artifact(new ArtifactName(name), real,
							new ArtifactKey(job, name).under(this.store.prefix()), Files.size(real.path())));
				}
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		if (artifacts.isEmpty()) {
			throw new Problem(ProblemType.NOTHING_TO_UPLOAD,
					"'%s' has no file ending in %s (files starting with %s do not count).".formatted(directory,
							String.join(" or ", this.settings.artifactExtensions()),
							String.join(" or ", this.settings.ignoredPrefixes())));
		}
		artifacts.sort(Comparator.comparing(Artifact::name, ArtifactName.METADATA_LAST));
		return artifacts;
	}

	/** The files of a directory with this ending, in upper or lower case, by name. */
	public List<RootedFile> files(String directory, String ending) {
		List<RootedFile> found = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(inside(directory))) {
			for (Path file : files) {
				String name = file.getFileName().toString();
				if (name.toLowerCase(Locale.ROOT).endsWith(ending) && !isSpecial(file)) {
					found.add(rooted(file, directory + "/" + name));
				}
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		found.sort(Comparator.comparing(RootedFile::path));
		return found;
	}

	/** A file that was accepted earlier, if it is still inside the root. */
	public Artifact artifact(String directory, String name, String key, long size) {
		Path root = this.root.toAbsolutePath().normalize();
		Path named = root.resolve(directory).normalize().resolve(name);
		try {
			return new Artifact(new ArtifactName(name),
					new RootedFile(this.root.toRealPath(), this.paths.contained(named, directory + "/" + name)), key,
					size);
		}
		catch (IOException failure) {
			throw new FileState.Unusable(failure);
		}
	}

	/**
	 * The present content of a directory directly under the root; empty for any other.
	 */
	public Optional<DirectorySnapshot> snapshot(String directory) {
		try {
			Path folder = inside(directory);
			return this.root.toRealPath().equals(folder.getParent()) ? Optional.of(DirectorySnapshot.of(folder))
					: Optional.empty();
		}
		catch (IOException | Problem unreadable) {
			return Optional.empty();
		}
	}

	/**
	 * The directory of this name, if it is there and no link on the way leads elsewhere.
	 */
	public Optional<Path> find(String directory) throws IOException {
		Path named = this.paths.named(directory);
		Path expected = this.root.toRealPath().resolve(this.root.toAbsolutePath().normalize().relativize(named));
		return (Files.isDirectory(named) && named.toRealPath().equals(expected)) ? Optional.of(expected)
				: Optional.empty();
	}

	/** Whether a directory that a row names is this one. */
	public boolean isSame(String directory, Path folder) {
		try {
			return this.paths.named(directory).toRealPath().equals(folder);
		}
		catch (IOException | Problem missing) {
			return false;
		}
	}

	/** The job with the name of a directory, or of the one under the root that has it. */
	public Optional<JobId> owner(Path folder) throws IOException {
		String name = this.root.toRealPath().relativize(folder).getName(0).toString();
		return JobId.isValid(name) ? Optional.of(new JobId(name)) : Optional.empty();
	}

	/** The texts with which calls may have named a directory. */
	public Set<String> spellings(String directory, Path folder) throws IOException {
		Path relative = this.root.toRealPath().relativize(folder);
		return Stream
			.of(directory, relative.toString(), "./" + relative, folder.toString(),
					this.root.resolve(relative).toString(),
					this.root.toAbsolutePath().normalize().resolve(relative).toString())
			.flatMap((text) -> Stream.of(text, text + "/"))
			.collect(Collectors.toSet());
	}

	/** A directory inside the root to write to; it is created if it does not exist. */
	public Path forWriting(String directory) {
		try {
			Path named = this.paths.named(directory);
			Path there = existing(named);
			Path root = this.root.toRealPath();
			// The existing part of the path may be a link to elsewhere.
			if (!there.toRealPath().startsWith(root)) {
				throw RootPaths.outside(directory);
			}
			if (!Files.isDirectory(there)) {
				throw new Problem(ProblemType.NOT_A_DIRECTORY,
						"'%s' is a file: name another directory.".formatted(directory));
			}
			Path made = Files.createDirectories(named).toRealPath();
			if (!made.startsWith(root)) {
				throw RootPaths.outside(directory);
			}
			return made;
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	/**
	 * A directory, pipe or device; reading a pipe would never end. Links are resolved
	 * later.
	 */
	private static boolean isSpecial(Path file) {
		return Files.exists(file) && !Files.isRegularFile(file);
	}

	/** The existing part of a path. */
	private static Path existing(Path path) {
		Path parent = path.getParent();
		return (parent == null || Files.exists(path)) ? path : existing(parent);
	}

	/**
	 * A file of this name in a real directory below the root, whether it exists or not.
	 */
	public RootedFile named(Path folder, String name) throws IOException {
		return new RootedFile(this.root.toRealPath(), folder.resolve(name));
	}

	/** A file of this name in a directory, unless the name leads elsewhere. */
	public RootedFile fileIn(Path folder, String name) throws IOException {
		Path file = folder.resolve(name).normalize();
		if (!folder.equals(file.getParent()) || Files.isSymbolicLink(file) || Files.isDirectory(file)) {
			throw new Problem(ProblemType.UNUSABLE_FILE_NAME,
					"'%s' cannot be written as a file: it contains a slash, or a link or directory has this name."
						.formatted(name));
		}
		return named(folder, name);
	}

	/** A caller's directory as rows keep it. */
	public String relative(String directory) {
		return this.paths.relative(directory);
	}

	/** A directory inside the root, after all links are resolved. */
	Path inside(String directory) {
		return this.paths.inside(directory);
	}

	private RootedFile rooted(Path path, String name) throws IOException {
		return new RootedFile(this.root.toRealPath(), this.paths.real(path, name));
	}

}
