package io.clipvault.gallery.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

	/** Held while a job is listed, so that its last listing is the one that stays. */
	private final ReentrantLock listing = new ReentrantLock();

	private final Map<JobId, JobClips> changedDuringRefresh = new HashMap<>();

	private final Set<JobId> unlisted = ConcurrentHashMap.newKeySet();

	private final CatalogReader reader;

	private volatile @Nullable Catalog catalog;

	private boolean refreshing;

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
	 * Lists a changed job and shows it as the bucket holds it now.
	 * @return whether the job could be listed; if not, {@link #retryUnlisted()} tries
	 * again
	 */
	boolean update(JobId job) {
		if (isUnread()) {
			// The first refresh will find it.
			return true;
		}
		this.listing.lock();
		try {
			this.unlisted.add(job);
			Catalog before = this.catalog;
			put(this.reader.read(job, (before != null) ? before.jobs().get(job) : null));
			return true;
		}
		catch (RuntimeException failed) {
			log.warn("Job {} changed but could not be listed; the gallery shows the change later.", job, failed);
			return false;
		}
		finally {
			this.listing.unlock();
		}
	}

	/** Lists the changed jobs again that could not be listed, until one fails again. */
	void retryUnlisted() {
		for (JobId job : Set.copyOf(this.unlisted)) {
			if (!update(job)) {
				return;
			}
		}
	}

	private void put(JobClips job) {
		this.swap.lock();
		try {
			if (this.refreshing) {
				this.changedDuringRefresh.put(job.job(), job);
			}
			Catalog before = this.catalog;
			if (before != null) {
				this.catalog = before.with(Set.of(job));
			}
			this.unlisted.remove(job.job());
		}
		finally {
			this.swap.unlock();
		}
	}

	private boolean isUnread() {
		this.swap.lock();
		try {
			return this.catalog == null && !this.refreshing;
		}
		finally {
			this.swap.unlock();
		}
	}

}
