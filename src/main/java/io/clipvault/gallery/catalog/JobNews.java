package io.clipvault.gallery.catalog;

import java.util.concurrent.TimeUnit;

import io.clipvault.gallery.catalog.ChangedJobs.Changes;
import io.clipvault.jobs.GalleryUpdated;
import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.BucketCreated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Updates the catalog when a job changes: in this replica by events, in others by polling
 * the database.
 */
@Component
class JobNews {

	private static final Logger log = LoggerFactory.getLogger(JobNews.class);

	private final CurrentCatalog catalog;

	private final LiveCatalog live;

	private final ChangedJobs changes;

	private final ApplicationEventPublisher events;

	private volatile long seen;

	JobNews(CurrentCatalog catalog, LiveCatalog live, ChangedJobs changes, ApplicationEventPublisher events) {
		this.catalog = catalog;
		this.live = live;
		this.changes = changes;
		this.events = events;
		this.seen = changes.version();
	}

	@EventListener
	void onPublished(JobPublished event) {
		changed(event.job());
	}

	@EventListener
	void onRemoved(JobRemoved event) {
		changed(event.job());
	}

	@EventListener
	void onBucketCreated(BucketCreated event) {
		this.live.endBackOff();
	}

	private void changed(JobId job) {
		try {
			this.changes.record(job);
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn("Other replicas show the change of job {} only after their next refresh: {}", job,
					failure.getMessage());
		}
		update(job);
	}

	private void update(JobId job) {
		// A store that has just taken a job answers again.
		this.live.endBackOff();
		if (this.catalog.update(job)) {
			tell(job);
		}
	}

	private void tell(JobId job) {
		this.events.publishEvent(new GalleryUpdated(job));
	}

	/**
	 * Applies the changes of other replicas, and lists jobs again that could not be
	 * listed.
	 */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	synchronized void poll() {
		applyChanges();
		if (!this.live.isBackingOff()) {
			this.catalog.retryUnlisted().forEach(this::tell);
		}
	}

	private void applyChanges() {
		try {
			Changes changes = this.changes.since(this.seen);
			changes.jobs().forEach(this::update);
			this.seen = changes.version();
		}
		catch (DataAccessException failure) {
			log.debug("The database does not answer; the changes of other replicas are read later.", failure);
		}
	}

}
