package io.clipvault.gallery.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The catalog in memory: a refresh replaces it, and a changed job is updated at once. */
@Component
class CurrentCatalog {

	private static final Logger log = LoggerFactory.getLogger(CurrentCatalog.class);

	/** Guards the catalog, and which jobs changed during a refresh; held for moments. */
	private final ReentrantLock swap = new ReentrantLock();

	private final Map<JobId, JobClips> changedDuringRefresh = new HashMap<>();

	/** The jobs that are being listed. */
	private final Map<JobId, Listings> listings = new HashMap<>();

	/** The jobs whose change is not shown yet, each with its newest listing. */
	private final Map<JobId, Long> unlisted = new HashMap<>();

	private final CatalogReader reader;

	private volatile @Nullable Catalog catalog;

	private boolean refreshing;

	/** Numbers listings and refreshes in the order in which they begin. */
	private long newest;

	private long refresh;

	private long shownRefresh;

	CurrentCatalog(CatalogReader reader) {
		this.reader = reader;
	}

	@Nullable Catalog get() {
		return this.catalog;
	}

	/** From now on changed jobs are kept for the catalog that the refresh will give. */
	void beginRefresh() {
		this.swap.lock();
		try {
			this.changedDuringRefresh.clear();
			this.refreshing = true;
			this.refresh = ++this.newest;
		}
		finally {
			this.swap.unlock();
		}
	}

	/**
	 * Ends a refresh with the catalog that it read. The listing may have passed a job
	 * before that job changed, so the changes are applied again.
	 */
	Catalog replace(Catalog read) {
		this.swap.lock();
		try {
			Catalog next = read.with(this.changedDuringRefresh.values());
			this.catalog = next;
			this.shownRefresh = this.refresh;
			endRefresh();
			return next;
		}
		finally {
			this.swap.unlock();
		}
	}

	/** Ends a refresh; without {@link #replace} the catalog stays as it is. */
	void endRefresh() {
		this.swap.lock();
		try {
			this.refreshing = false;
			this.changedDuringRefresh.clear();
		}
		finally {
			this.swap.unlock();
		}
	}

	/**
	 * Lists a changed job and shows it as the bucket holds it now. Listings run side by
	 * side, and the one that began last is the one that stays.
	 * @return whether the job could be listed; if not, {@link #retryUnlisted()} tries
	 * again
	 */
	boolean update(JobId job) {
		long number = begin(job);
		if (number == 0) {
			// The first refresh will find it.
			return true;
		}
		try {
			Catalog before = this.catalog;
			put(this.reader.read(job, (before != null) ? before.jobs().get(job) : null), number);
			return true;
		}
		catch (RuntimeException failed) {
			log.warn("Job {} changed but could not be listed; the gallery shows the change later.", job, failed);
			return false;
		}
		finally {
			end(job);
		}
	}

	/**
	 * Lists the changed jobs again that could not be listed, until one fails again.
	 * @return those that are shown now
	 */
	List<JobId> retryUnlisted() {
		return failed().stream().takeWhile(this::update).toList();
	}

	private List<JobId> failed() {
		this.swap.lock();
		try {
			return this.unlisted.keySet().stream().filter((job) -> !this.listings.containsKey(job)).toList();
		}
		finally {
			this.swap.unlock();
		}
	}

	/** Begins a listing; 0 if none is needed. */
	private long begin(JobId job) {
		this.swap.lock();
		try {
			if (this.catalog == null && !this.refreshing) {
				this.unlisted.remove(job);
				return 0;
			}
			this.newest++;
			this.listings.computeIfAbsent(job, (id) -> new Listings()).running++;
			this.unlisted.put(job, this.newest);
			return this.newest;
		}
		finally {
			this.swap.unlock();
		}
	}

	private void put(JobClips job, long number) {
		this.swap.lock();
		try {
			this.unlisted.remove(job.job(), number);
			Listings all = this.listings.get(job.job());
			if (all == null || number < all.shown || number < this.shownRefresh) {
				return;
			}
			all.shown = number;
			if (this.refreshing && number > this.refresh) {
				this.changedDuringRefresh.put(job.job(), job);
			}
			Catalog before = this.catalog;
			if (before != null) {
				this.catalog = before.with(List.of(job));
			}
		}
		finally {
			this.swap.unlock();
		}
	}

	private void end(JobId job) {
		this.swap.lock();
		try {
			this.listings.computeIfPresent(job, (id, all) -> (--all.running == 0) ? null : all);
		}
		finally {
			this.swap.unlock();
		}
	}

	/** The listings of one job that run side by side. */
	private static final class Listings {

		private int running;

		/** The newest listing whose result is shown. */
		private long shown;

	}

}
