package io.clipvault.gallery.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Gives callers the catalog and refreshes it when it is stale, one refresh at a time. */
@Component
public class LiveCatalog implements DisposableBean {

	/** How long a caller waits for a refresh when there is no catalog to answer with. */
	static final Duration MAX_WAIT = Duration.ofSeconds(30);

	/** How long no refresh starts by itself after one has failed. */
	static final Duration BACK_OFF = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(LiveCatalog.class);

	/** One thread for all refreshes: the SDK looks up its XML parser for each new one. */
	private final ExecutorService refreshes = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("gallery-refresh").factory());

	private final ReentrantLock start = new ReentrantLock();

	private final CurrentCatalog current;

	private final CatalogReader reader;

	private final CatalogSettings settings;

	private final CatalogMetrics metrics;

	private final Clock clock;

	private volatile @Nullable Failure failure;

	private @Nullable CompletableFuture<Catalog> running;

	/** Begins when the running one has ended; for callers that came during that one. */
	private @Nullable CompletableFuture<Catalog> next;

	LiveCatalog(CurrentCatalog current, CatalogReader reader, CatalogSettings settings, CatalogMetrics metrics,
			Clock clock) {
		this.current = current;
		this.reader = reader;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		metrics.watch(current::get);
	}

	/** The catalog if it is fresh, so that nobody waits and no refresh starts. */
	public @Nullable Snapshot fresh() {
		Catalog catalog = this.current.get();
		if (catalog == null) {
			return null;
		}
		Snapshot snapshot = snapshot(catalog);
		return snapshot.stale() ? null : snapshot;
	}

	/**
	 * The catalog to answer with. A stale one is answered at once and refreshed in the
	 * background. The caller waits if there is none, if it is too old, or if a refresh
	 * was asked for.
	 */
	public Snapshot get(boolean refresh) {
		return get(refresh, MAX_WAIT);
	}

	Snapshot get(boolean refresh, Duration wait) {
		Catalog catalog = this.current.get();
		if (catalog == null || isTooOld(catalog)) {
			return snapshot(refresh ? await(refreshFromNow(), wait) : awaitUnlessBackingOff(wait));
		}
		if (refresh) {
			try {
				return snapshot(await(refreshFromNow(), wait));
			}
			catch (Problem failed) {
				if (failed.type() == ProblemType.GALLERY_LOADING) {
					// The caller would take the last catalog for the one asked for.
					throw failed;
				}
				log.debug("The refresh that a caller asked for failed; the last catalog is served.", failed);
				return snapshot(catalog);
			}
		}
		Snapshot snapshot = snapshot(catalog);
		if (snapshot.stale() && !isBackingOff()) {
			CompletableFuture<Catalog> _ = refresh();
		}
		return snapshot;
	}

	/** Lets the next caller try again after a failure whose cause may be gone. */
	void endBackOff() {
		this.failure = null;
	}

	/** Whether a refresh failed a moment ago, so that the store is left alone for now. */
	boolean isBackingOff() {
		Failure last = this.failure;
		if (last == null) {
			return false;
		}
		Duration ago = Duration.between(last.at(), this.clock.instant());
		return !ago.isNegative() && ago.compareTo(BACK_OFF) < 0;
	}

	@Override
	public void destroy() {
		this.refreshes.shutdownNow();
	}

	private Catalog awaitUnlessBackingOff(Duration wait) {
		Failure last = this.failure;
		if (last != null && isBackingOff()) {
			throw problem(last.cause());
		}
		return await(refresh(), wait);
	}

	/** Starts a refresh, or joins the one that runs. */
	private CompletableFuture<Catalog> refresh() {
		this.start.lock();
		try {
			return (this.running != null) ? this.running : start(new CompletableFuture<>());
		}
		finally {
			this.start.unlock();
		}
	}

	/**
	 * A refresh that has not begun yet: the running one may have listed the bucket before
	 * the caller changed it. All that come during it share the next one.
	 */
	private CompletableFuture<Catalog> refreshFromNow() {
		this.start.lock();
		try {
			if (this.running == null) {
				return start(new CompletableFuture<>());
			}
			if (this.next == null) {
				this.next = new CompletableFuture<>();
			}
			return this.next;
		}
		finally {
			this.start.unlock();
		}
	}

	private CompletableFuture<Catalog> start(CompletableFuture<Catalog> refresh) {
		this.running = refresh;
		this.refreshes.execute(() -> run(refresh));
		return refresh;
	}

	private void run(CompletableFuture<Catalog> refresh) {
		try {
			Catalog catalog = read();
			end();
			refresh.complete(catalog);
		}
		catch (RuntimeException | Error failed) {
			end();
			refresh.completeExceptionally(failed);
		}
	}

	private Catalog read() {
		this.current.beginRefresh();
		try {
			Catalog read = this.metrics.timed(() -> this.reader.read(this.current.get(), this.clock.instant()));
			Catalog catalog = this.current.replace(read);
			this.failure = null;
			return catalog;
		}
		catch (RuntimeException failed) {
			this.failure = new Failure(failed, this.clock.instant());
			if (failed instanceof Problem problem) {
				log.warn("The gallery could not be refreshed: {}", problem.detail());
			}
			else {
				log.error("The gallery could not be refreshed.", failed);
			}
			throw failed;
		}
		finally {
			this.current.endRefresh();
		}
	}

	private void end() {
		this.start.lock();
		try {
			this.running = null;
			CompletableFuture<Catalog> waiting = this.next;
			this.next = null;
			if (waiting != null && !this.refreshes.isShutdown()) {
				CompletableFuture<Catalog> _ = start(waiting);
			}
		}
		finally {
			this.start.unlock();
		}
	}

	private static Catalog await(CompletableFuture<Catalog> refresh, Duration wait) {
		try {
			return refresh.get(wait.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException overdue) {
			throw new Problem(ProblemType.GALLERY_LOADING, ProblemType.GALLERY_LOADING.sample(), BACK_OFF, overdue);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failed) {
			throw problem((failed.getCause() != null) ? failed.getCause() : failed);
		}
	}

	private static RuntimeException problem(Throwable failure) {
		return (failure instanceof Problem problem) ? new Problem(problem.type(), problem.detail(), BACK_OFF, problem)
				: new IllegalStateException("The gallery could not be read", failure);
	}

	private Snapshot snapshot(Catalog catalog) {
		Duration age = age(catalog);
		// Negative after the clock was set back: how old the catalog is, is not known.
		return new Snapshot(catalog, age, age.isNegative() || age.compareTo(this.settings.fresh()) >= 0);
	}

	private Duration age(Catalog catalog) {
		return Duration.between(catalog.readAt(), this.clock.instant());
	}

	private boolean isTooOld(Catalog catalog) {
		return age(catalog).compareTo(this.settings.kept()) >= 0;
	}

	/** The catalog at the moment of a call. */
	public record Snapshot(Catalog catalog, Duration age, boolean stale) {
	}

	/** Why and when the last refresh failed. */
	private record Failure(RuntimeException cause, Instant at) {
	}

}
