package io.clipvault.gallery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.clipvault.gallery.ChangedJobs.News;
import io.clipvault.jobs.JobPublished;
import io.clipvault.jobs.JobRemoved;
import io.clipvault.layouts.JobId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings changed jobs to the catalog at once: this service's own by their events, those
 * of other replicas through the database.
 */
@Component
class JobNews {

	private static final Logger log = LoggerFactory.getLogger(JobNews.class);

	private final LiveCatalog live;

	private final ChangedJobs changes;

	private final ReentrantLock hearing = new ReentrantLock();

	private volatile long heard;

	JobNews(LiveCatalog live, ChangedJobs changes) {
		this.live = live;
		this.changes = changes;
		this.heard = changes.version();
	}

	@EventListener
	void published(JobPublished event) {
		changed(event.job());
	}

	@EventListener
	void removed(JobRemoved event) {
		changed(event.job());
	}

	private void changed(JobId job) {
		try {
			this.changes.tell(job);
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn("Other replicas see the change of job {} at their next refresh only: {}", job,
					failure.getMessage());
		}
		this.live.changed(job);
	}

	/** Hears what other replicas told, and does what could not be done before. */
	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	void hear() {
		// At a fixed rate each turn has its own thread: a slow store holds up nothing
		// else that is scheduled.
		if (this.hearing.tryLock()) {
			try {
				heed();
			}
			finally {
				this.hearing.unlock();
			}
		}
	}

	private void heed() {
		try {
			News news = this.changes.since(this.heard);
			news.jobs().forEach(this.live::changed);
			this.heard = news.version();
		}
		catch (DataAccessException failure) {
			log.debug("The database does not answer; the news has to wait.", failure);
		}
		this.live.catchUp();
	}

}
