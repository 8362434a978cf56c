package io.clipvault.jobs.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.clipvault.bounds.ArrivingBody;
import io.clipvault.bounds.Places;
import io.clipvault.jobs.archives.FormReader;
import io.clipvault.jobs.archives.IncomingDirectories;
import io.clipvault.jobs.archives.IncomingDirectory;
import io.clipvault.jobs.archives.TarReader;
import io.clipvault.jobs.archives.ZipReader;
import io.clipvault.jobs.folders.DiskFailure;
import io.clipvault.jobs.folders.Durable;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.ReceivedMark;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Makes a job's directory of the files in a request, as a whole or not at all. */
@Component
class FileIntake {

	private static final Logger log = LoggerFactory.getLogger(FileIntake.class);

	/** Each may write its share of the disk before the next look at what is free. */
	static final int MOST = 32;

	private final Places places = new Places(MOST, ProblemType.INTAKES_BUSY,
			"%d forms and archives are arriving already: send this one again after the time in Retry-After."
				.formatted(MOST));

	private final JobAcceptance acceptance;

	private final JobDetails details;

	private final DirectoryGuard guard;

	private final IncomingDirectories incoming;

	private final Path root;

	FileIntake(JobAcceptance acceptance, JobDetails details, DirectoryGuard guard, IncomingDirectories incoming,
			FolderSettings folders) {
		this.acceptance = acceptance;
		this.details = details;
		this.guard = guard;
		this.incoming = incoming;
		this.root = folders.root();
	}

	JobView form(JobId id, String contentType, InputStream body) {
		try (Places.Place _ = this.places.take()) {
			return take(id, (folder) -> FormReader.receive(contentType, new ArrivingBody(body), folder));
		}
	}

	JobView tar(JobId id, InputStream body) {
		try (Places.Place _ = this.places.take()) {
			return take(id, (folder) -> TarReader.unpack(new ArrivingBody(body), folder));
		}
	}

	JobView zip(JobId id, InputStream body) {
		try (Places.Place _ = this.places.take(); IncomingDirectory packed = open(id)) {
			packed.add("archive.zip", new ArrivingBody(body));
			// Only now, because a folder that stays empty for a day is swept.
			return take(id, (folder) -> ZipReader.unpack(packed.path().resolve("archive.zip"), folder));
		}
	}

	private JobView take(JobId id, Consumer<IncomingDirectory> fill) {
		try (IncomingDirectory folder = open(id)) {
			fill.accept(folder);
			folder.sync();
			return publish(id, folder.path());
		}
	}

	private IncomingDirectory open(JobId id) {
		this.guard.requireFree(id);
		try {
			requireReceived(id, this.root.resolve(id.value()));
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
		return this.incoming.open(id);
	}

	private JobView publish(JobId id, Path folder) {
		// Checked again, because the body took its time to arrive.
		try (Holds.Hold hold = this.guard.hold(id)) {
			return replace(id, folder, hold);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
	}

	private JobView replace(JobId id, Path folder, Holds.Hold hold) throws IOException {
		Path target = this.root.resolve(id.value());
		Path replaced = this.incoming.replaced(id);
		Optional<Instant> earlier = this.details.find(id).map(JobView::createdAt);
		FileState ours = FileState.of(folder);
		requireReceived(id, target);
		// A retry may have begun at the moment at which the hold did.
		hold.renew();
		moveIfThere(target, replaced);
		JobView accepted;
		try {
			// Again, because a generator may just have begun to write.
			requireReceived(id, replaced);
			move(folder, target);
			// The rename must survive a power failure if the acceptance does.
			Durable.sync(this.root);
			accepted = this.acceptance.accept(id, hold);
		}
		catch (IOException | RuntimeException failure) {
			@Nullable JobView known = acceptedAllTheSame(id, earlier, failure);
			if (known == null) {
				putBack(replaced, target, folder, ours);
				throw failure;
			}
			accepted = known;
		}
		forget(replaced);
		return accepted;
	}

	/** Refuses to replace a directory that holds more than earlier received files. */
	private static void requireReceived(JobId id, Path directory) throws IOException {
		if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !ReceivedMark.covers(directory)) {
			throw new Problem(ProblemType.DIRECTORY_EXISTS,
					"The jobs root has a directory '%s' that holds files which were not posted: post it with {\"directory\": \"%s\"}, move it away, or choose another job id."
						.formatted(id, id));
		}
	}

	/** An accepted job needs its files, even if something failed after its acceptance. */
	private @Nullable JobView acceptedAllTheSame(JobId id, Optional<Instant> earlier, Exception failure) {
		if (failure instanceof IOException || failure instanceof Problem) {
			return null;
		}
		try {
			return this.details.find(id)
				.filter((job) -> job.directory().equals(id.value()))
				.filter((job) -> !job.status().ended() || !earlier.equals(Optional.of(job.createdAt())))
				.orElse(null);
		}
		catch (RuntimeException unknown) {
			log.warn(
					"Job {}: the database does not tell whether the job was accepted, so its new files stay in {}. "
							+ "If /jobs/{} does not show them once the database is back, send them again.",
					id, this.root.resolve(id.value()), id);
			unknown.addSuppressed(failure);
			throw unknown;
		}
	}

	/** Undoes the swap, unless this process lost its hold and another swapped since. */
	private static void putBack(Path replaced, Path target, Path folder, FileState ours) throws IOException {
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
				&& Objects.equals(FileState.of(target).inode(), ours.inode())) {
			move(target, folder);
		}
		if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
			moveIfThere(replaced, target);
		}
	}

	/** Removes the old directory; the job is accepted whether or not that works. */
	private static void forget(Path replaced) {
		try {
			FileSystemUtils.deleteRecursively(replaced);
		}
		catch (IOException kept) {
			log.warn("{} could not be removed; the next sweep tries again: {}", replaced, kept.toString());
		}
	}

	private static void moveIfThere(Path from, Path to) throws IOException {
		if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
			move(from, to);
		}
	}

	private static void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}

}
