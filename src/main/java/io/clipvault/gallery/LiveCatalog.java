package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The catalog as it stands: read again when it is no longer fresh, by one refresh at a
 * time, and changed at once when a job is.
 */
@Component
class LiveCatalog implements DisposableBean {

	/** How long a caller waits for a refresh that nothing can stand in for. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	/** How long a store that failed is left alone. */
	static final Duration REST = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(LiveCatalog.class);

	/** One thread that stays: the SDK looks up its XML parser for each new one. */
	private final ExecutorService refreshes = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("gallery-refresh").factory());

	/** Held for moments: whoever replaces the catalog or starts a refresh. */
	private final ReentrantLock swap = new ReentrantLock();

	/** Held while a job is listed, so that the last listing of a job is the one shown. */
	private final ReentrantLock change = new ReentrantLock();

	private final Map<JobId, JobClips> meanwhile = new HashMap<>();

	private final Set<JobId> unlisted = ConcurrentHashMap.newKeySet();

	private final CatalogReader reader;

	private final GallerySettings settings;

	private final GalleryMetrics metrics;

	private final Clock clock;

	private volatile @Nullable Catalog current;

	private volatile @Nullable Failure failure;

	private @Nullable CompletableFuture<Catalog> running;

	LiveCatalog(CatalogReader reader, GallerySettings settings, GalleryMetrics metrics, Clock clock) {
		this.reader = reader;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		metrics.watch(() -> this.current);
	}

	/** The catalog if it needs nothing more, for answers that must not wait. */
	@Nullable Standing fresh() {
		Catalog catalog = this.current;
		if (catalog == null) {
			return null;
		}
		Standing standing = standing(catalog);
		return standing.stale() ? null : standing;
	}

	/**
	 * The catalog to answer with. A good one is given at once, and read again behind the
	 * answer if it is stale; without one, or when told to refresh, the caller waits.
	 */
	Standing get(boolean refresh) {
		Catalog catalog = this.current;
		if (catalog == null || isTooOld(catalog)) {
			return standing(refresh ? joined(refresh()) : firstOrRested());
		}
		if (refresh) {
			try {
				return standing(joined(refresh()));
			}
			catch (Problem away) {
				log.debug("The refresh that was asked for failed; the last catalog still stands.", away);
				return standing(catalog);
			}
		}
		if (isStale(catalog) && !isResting()) {
			CompletableFuture<Catalog> _ = refresh();
		}
		return standing(catalog);
	}

	/**
	 * Shows a job as the bucket holds it now.
	 * @return whether that could be done; if not, it is left for {@link #catchUp()}
	 */
	boolean changed(JobId job) {
		if (isUnread()) {
			// The first refresh will find it.
			return true;
		}
		this.change.lock();
		try {
			this.unlisted.add(job);
			Catalog before = this.current;
			JobClips now = this.reader.read(job, (before != null) ? before.jobs().get(job) : null);
			this.swap.lock();
			try {
				if (this.running != null) {
					this.meanwhile.put(job, now);
				}
				Catalog catalog = this.current;
				if (catalog != null) {
					this.current = catalog.with(Set.of(now));
				}
				this.unlisted.remove(job);
				return true;
			}
			finally {
				this.swap.unlock();
			}
		}
		catch (RuntimeException failed) {
			log.warn("Job {} changed and cannot be listed now, the gallery follows later.", job, failed);
			return false;
		}
		finally {
			this.change.unlock();
		}
	}

	/** Lists the changed jobs again that could not be listed when they changed. */
	void catchUp() {
		if (!isResting()) {
			for (JobId job : Set.copyOf(this.unlisted)) {
				if (!changed(job)) {
					return;
				}
			}
		}
	}

	@Override
	public void destroy() {
		this.refreshes.shutdownNow();
	}

	private boolean isUnread() {
		this.swap.lock();
		try {
			return this.current == null && this.running == null;
		}
		finally {
			this.swap.unlock();
		}
	}

	private Catalog firstOrRested() {
		Failure last = this.failure;
		if (last != null && isResting()) {
			throw told(last.why());
		}
		return joined(refresh());
	}

	/** Starts a refresh, or joins the one that runs. */
	private CompletableFuture<Catalog> refresh() {
		this.swap.lock();
		try {
			if (this.running == null) {
				this.meanwhile.clear();
				this.running = CompletableFuture.supplyAsync(this::read, this.refreshes);
			}
			return this.running;
		}
		finally {
			this.swap.unlock();
		}
	}

	private Catalog read() {
		try {
			Catalog read = this.metrics.timed(() -> this.reader.read(this.current, this.clock.instant()));
			return installed(read);
		}
		catch (Error broken) {
			ended();
			throw broken;
		}
		catch (RuntimeException failed) {
			this.failure = new Failure(failed, this.clock.instant());
			if (failed instanceof Problem away) {
				log.warn("The gallery could not be refreshed: {}", away.detail());
			}
			else {
				log.error("The gallery could not be refreshed.", failed);
			}
			ended();
			throw failed;
		}
	}

	/** A job that changed while the bucket was listed may have been passed before. */
	private Catalog installed(Catalog read) {
		this.swap.lock();
		try {
			Catalog catalog = read.with(this.meanwhile.values());
			this.current = catalog;
			this.failure = null;
			ended();
			return catalog;
		}
		finally {
			this.swap.unlock();
		}
	}

	private void ended() {
		this.swap.lock();
		try {
			this.running = null;
			this.meanwhile.clear();
		}
		finally {
			this.swap.unlock();
		}
	}

	private static Catalog joined(CompletableFuture<Catalog> refresh) {
		try {
			return refresh.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException overdue) {
			throw new Problem(ProblemType.GALLERY_LOADING, ProblemType.GALLERY_LOADING.sample(), REST, overdue);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failed) {
			throw told((failed.getCause() != null) ? failed.getCause() : failed);
		}
	}

	private static RuntimeException told(Throwable failure) {
		return (failure instanceof Problem problem) ? new Problem(problem.type(), problem.detail(), REST, problem)
				: new IllegalStateException("The gallery could not be read", failure);
	}

	private Standing standing(Catalog catalog) {
		return new Standing(catalog, age(catalog), isStale(catalog), this.failure != null);
	}

	private Duration age(Catalog catalog) {
		return Duration.between(catalog.readAt(), this.clock.instant());
	}

	private boolean isStale(Catalog catalog) {
		return age(catalog).compareTo(this.settings.fresh()) >= 0;
	}

	private boolean isTooOld(Catalog catalog) {
		return age(catalog).compareTo(this.settings.kept()) >= 0;
	}

	private boolean isResting() {
		Failure last = this.failure;
		return last != null && this.clock.instant().isBefore(last.at().plus(REST));
	}

	/** A catalog and how good it is at the moment. */
	record Standing(Catalog catalog, Duration age, boolean stale, boolean failing) {
	}

	/** Why the last refresh failed, and when. */
	private record Failure(RuntimeException why, Instant at) {
	}

}
