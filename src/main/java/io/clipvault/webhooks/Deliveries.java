package io.clipvault.webhooks;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes deliveries from other features and tells them how far each is. */
@Component
public class Deliveries {

	/** A receiver that is dead for the five hours of its deliveries may miss so many. */
	static final int MOST_FOR_A_HOST = 1_000;

	static final int MOST = 10_000;

	private static final Duration RETRY_AFTER = Duration.ofMinutes(5);

	private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

	private final DeliveryRows rows;

	private final DeliverySchedule schedule;

	private final WebhookSettings settings;

	private final TransactionOperations transaction;

	Deliveries(DeliveryRows rows, DeliverySchedule schedule, WebhookSettings settings,
			TransactionOperations transaction) {
		this.rows = rows;
		this.schedule = schedule;
		this.settings = settings;
		this.transaction = transaction;
	}

	/**
	 * Refuses a receiver that a caller names while too many deliveries wait for it, or
	 * for all receivers together. The one of the settings is not refused, so that jobs do
	 * not stop with it.
	 */
	public void requireRoom(@Nullable WebhookTarget target) {
		if (target == null) {
			return;
		}
		if (this.rows.waiting(target.host()) >= MOST_FOR_A_HOST) {
			throw busy("%,d webhooks to %s".formatted(MOST_FOR_A_HOST, target.host()));
		}
		if (this.rows.waiting() >= MOST) {
			throw busy("%,d webhooks".formatted(MOST));
		}
	}

	private static Problem busy(String waiting) {
		return new Problem(ProblemType.WEBHOOKS_BUSY, waiting
				+ " are waiting already: see that the receiver answers, and post the job again after the time in Retry-After, or without a webhook.",
				RETRY_AFTER, null);
	}

	/**
	 * Adds a delivery in the caller's transaction. Without a target it goes to the one of
	 * the settings; if they name none either, or too many wait for it, nothing is added.
	 * Earlier deliveries about the same subject are given up, so that none arrives after
	 * this one.
	 */
	public void enqueue(String subject, @Nullable WebhookTarget target, String json) {
		WebhookTarget receiver = (target != null) ? target : this.settings.target();
		if (receiver == null) {
			return;
		}
		if (target == null && this.rows.waiting(receiver.host()) >= MOST) {
			log.warn("The webhook about {} is not sent: {} to {} are waiting already. See that the receiver answers.",
					subject, MOST, receiver.host());
			return;
		}
		String id = UUID.randomUUID().toString();
		// Joins the caller's transaction, and makes one for a caller without.
		this.transaction.executeWithoutResult((status) -> {
			this.rows.supersede(subject);
			this.rows.insert(id, subject, receiver, json);
			this.schedule.add(id);
		});
	}

	@Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
	void bringForwardAfterTheClockWasSetBack() {
		this.rows.bringForward();
	}

	/** Deletes the ended deliveries about a subject. */
	public void forget(String subject) {
		this.rows.delete(subject);
	}

	/** The state of the newest delivery about a subject. */
	public Optional<DeliveryOutcome> last(String subject) {
		return this.rows.last(subject);
	}

}
