package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The id of this host's jobs root, kept in a file inside it, or derived from its path if
 * it is read-only. Hosts with the same root share its jobs; other hosts leave them alone.
 */
@Component
public class RootId {

	static final String FILE = ".clipvault";

	private static final Logger log = LoggerFactory.getLogger(RootId.class);

	private final Path root;

	private final String id;

	RootId(FolderSettings settings) {
		this.root = settings.root();
		try {
			Files.createDirectories(settings.root());
			this.id = id(settings.root());
		}
		catch (IOException failure) {
			throw new StartRefused("The jobs root %s cannot be used: %s.".formatted(settings.root(), failure),
					"Make it readable for this user, or name another folder in clipvault.jobs.root.", failure);
		}
	}

	public String id() {
		return this.id;
	}

	/**
	 * Whether the root is there and still the same; its file system may be unmounted, or
	 * may not answer.
	 */
	public boolean isPresent() {
		Path file = this.root.resolve(FILE);
		try {
			return Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII).strip().equals(this.id)
					: this.id.equals(derived(this.root)) && !isEmpty(this.root);
		}
		catch (IOException failure) {
			log.debug("The jobs root {} cannot be read.", this.root, failure);
			return false;
		}
	}

	/** Refuses while the root is away, because its mount point is no place for files. */
	public void requirePresent() {
		if (!isPresent()) {
			throw new Problem(ProblemType.JOBS_ROOT_UNUSABLE,
					"The jobs root is not there: check that its file system is mounted, then try again.");
		}
	}

	private static boolean isEmpty(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.findAny().isEmpty();
		}
	}

	private static String id(Path root) throws IOException {
		Path file = root.resolve(FILE);
		try {
			create(file);
			return written(file);
		}
		catch (FileSystemException failure) {
			if (!isReadOnly(failure) || (Files.exists(file) && !Files.isReadable(file))) {
				throw failure;
			}
			log.info("The jobs root {} is read-only and has no {}, so its path identifies it.", root, FILE);
			return derived(root);
		}
	}

	/** Creates the file with its content at once, unless another process does. */
	private static void create(Path file) throws IOException {
		if (Files.exists(file)) {
			return;
		}
		Path aside = aside(file, UUID.randomUUID().toString());
		try {
			Files.createLink(file, aside);
		}
		catch (FileAlreadyExistsException other) {
			// Another process was faster, and its id counts.
		}
		catch (UnsupportedOperationException | FileSystemException noLinks) {
			createEmpty(file);
		}
		finally {
			Files.deleteIfExists(aside);
		}
		Durable.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
	}

	private static void createEmpty(Path file) throws IOException {
		try {
			Files.createFile(file);
		}
		catch (FileAlreadyExistsException other) {
			// Another process was faster.
		}
	}

	/**
	 * Reads the id. All who find the same empty file, which a file system without links
	 * or a power failure leaves, derive the same id from it.
	 */
	private static String written(Path file) throws IOException {
		BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
		if (found.size() == 0) {
			Path aside = aside(file, derived(found.lastModifiedTime() + " " + file.toRealPath()));
			Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
			Durable.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
		}
		return Files.readString(file, StandardCharsets.US_ASCII).strip();
	}

	private static Path aside(Path file, String content) throws IOException {
		Path aside = file.resolveSibling(FILE + "-" + UUID.randomUUID());
		Files.writeString(aside, content, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.SYNC);
		return aside;
	}

	/** The id of a root whose file cannot be written. */
	private static String derived(Path root) throws IOException {
		return derived("path:" + root.toRealPath());
	}

	private static String derived(String origin) {
		return UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static boolean isReadOnly(FileSystemException failure) {
		return failure instanceof AccessDeniedException || (!(failure instanceof NoSuchFileException)
				&& String.valueOf(failure.getReason()).contains("Read-only"));
	}

}
