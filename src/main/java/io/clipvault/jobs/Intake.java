package io.clipvault.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Makes a job's directory of what a request brings: whole, and in one step, or not at
 * all.
 */
@Component
class Intake {

	/** No body takes longer to arrive: what is older was left by a killed process. */
	static final Duration LONGEST = Duration.ofDays(1);

	/** Between two renames of one process, which take no time. */
	static final Duration SWAP = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(Intake.class);

	private static final Pattern HIDDEN = Pattern.compile("\\.(incoming|replaced)-([0-9]{13})-[0-9a-f]+-(.+)");

	private final JobQueue queue;

	private final Jobs jobs;

	private final Holds holds;

	private final ActiveDirectories reading;

	private final Path root;

	private final IntakeSettings bounds;

	private final Clock clock;

	private final ReentrantLock swap = new ReentrantLock();

	Intake(JobQueue queue, Jobs jobs, Holds holds, ActiveDirectories reading, JobsSettings settings,
			IntakeSettings bounds, Clock clock) {
		this.queue = queue;
		this.jobs = jobs;
		this.holds = holds;
		this.reading = reading;
		this.root = settings.root();
		this.bounds = bounds;
		this.clock = clock;
	}

	Job form(JobId id, HttpServletRequest request) {
		return take(id, (incoming) -> MultipartIntake.receive(request, incoming));
	}

	Job tar(JobId id, InputStream body) {
		return take(id, (incoming) -> TarIntake.unpack(body, incoming));
	}

	Job zip(JobId id, InputStream body) {
		return take(id, (incoming) -> {
			try (IncomingDirectory packed = new IncomingDirectory(hidden("incoming", id), this.bounds)) {
				packed.add("archive.zip", body);
				ZipIntake.unpack(packed.path().resolve("archive.zip"), incoming, this.bounds);
			}
		});
	}

	private Job take(JobId id, Consumer<IncomingDirectory> filling) {
		requireFree(id);
		try {
			Files.createDirectories(this.root);
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
		try (IncomingDirectory incoming = new IncomingDirectory(hidden("incoming", id), this.bounds)) {
			filling.accept(incoming);
			incoming.settle();
			return publish(id, incoming.path());
		}
	}

	/** Refuses while what is to be replaced is on its way to the bucket. */
	private void requireFree(JobId id) {
		this.holds.requireFree(id);
		this.reading.requireUnread(id);
	}

	private Job publish(JobId id, Path incoming) {
		Path target = this.root.resolve(id.value());
		Path replaced = hidden("replaced", id);
		this.swap.lock();
		try {
			// Again, because the body took its time.
			requireFree(id);
			Optional<Instant> earlier = this.jobs.find(id).map(Job::createdAt);
			moveIfThere(target, replaced);
			Job accepted;
			try {
				move(incoming, target);
				// A job that was accepted since has listed what is moved away now.
				this.reading.requireUnread(id);
				accepted = this.queue.accept(id, id.value());
			}
			catch (IOException | RuntimeException failure) {
				@Nullable Job known = acceptedAllTheSame(id, earlier, failure);
				if (known == null) {
					moveIfThere(target, incoming);
					moveIfThere(replaced, target);
					throw failure;
				}
				accepted = known;
			}
			forget(replaced);
			return accepted;
		}
		catch (IOException failure) {
			throw DiskFailure.of(failure);
		}
		finally {
			this.swap.unlock();
		}
	}

	/** An accepted job needs its files, even if what came after its acceptance failed. */
	private @Nullable Job acceptedAllTheSame(JobId id, Optional<Instant> earlier, Exception failure) {
		if (failure instanceof IOException || failure instanceof Problem) {
			return null;
		}
		try {
			return this.jobs.find(id)
				.filter((job) -> job.directory().equals(id.value()))
				.filter((job) -> !job.status().ended() || !earlier.equals(Optional.of(job.createdAt())))
				.orElse(null);
		}
		catch (RuntimeException unknown) {
			log.warn(
					"Job {}: whether it was accepted cannot be told, so its new files stay in {}. "
							+ "If /jobs/{} does not tell of them once the database is back, send them again.",
					id, this.root.resolve(id.value()), id);
			unknown.addSuppressed(failure);
			throw unknown;
		}
	}

	/** Removes what was replaced; the job is accepted whether or not that works. */
	private static void forget(Path replaced) {
		try {
			FileSystemUtils.deleteRecursively(replaced);
		}
		catch (IOException kept) {
			log.warn("{} could not be removed and is tried again later: {}", replaced, kept.toString());
		}
	}

	/** A name that no job can have, and that no other process takes. */
	private Path hidden(String kind, JobId id) {
		return this.root.resolve(
				".%s-%013d-%08x-%s".formatted(kind, this.clock.millis(), ThreadLocalRandom.current().nextInt(), id));
	}

	private static void moveIfThere(Path from, Path to) throws IOException {
		if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
			move(from, to);
		}
	}

	private static void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Puts right what a process that was killed left behind. */
	@Scheduled(fixedDelay = 10 * 60 * 1000L)
	void sweep() {
		if (!Files.isDirectory(this.root)) {
			return;
		}
		try (DirectoryStream<Path> left = Files.newDirectoryStream(this.root, ".*")) {
			for (Path path : left) {
				Matcher name = HIDDEN.matcher(path.getFileName().toString());
				if (name.matches()) {
					sweep(path, name.group(1).equals("replaced"), Long.parseLong(name.group(2)), name.group(3));
				}
			}
		}
		catch (IOException failure) {
			log.warn("What killed processes left in {} could not be removed: {}.", this.root, failure.toString());
		}
	}

	private void sweep(Path path, boolean replaced, long made, String job) throws IOException {
		if (made + (replaced ? SWAP : LONGEST).toMillis() > this.clock.millis()) {
			return;
		}
		Path target = this.root.resolve(job);
		if (replaced && Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
			move(path, target);
			log.info("Job {}: its directory is back, a killed process was about to replace it.", job);
		}
		else {
			FileSystemUtils.deleteRecursively(path);
		}
	}

}
