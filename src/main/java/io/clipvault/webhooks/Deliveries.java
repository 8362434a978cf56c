package io.clipvault.webhooks;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes deliveries from other features and tells them how far each is. */
@Component
public class Deliveries {

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
	 * Adds a delivery in the caller's transaction. Without a target it goes to the one of
	 * the settings; if they name none either, nothing is added. Earlier deliveries about
	 * the same subject are given up, so that none arrives after this one.
	 */
	public void enqueue(String subject, @Nullable WebhookTarget target, String json) {
		WebhookTarget receiver = (target != null) ? target : this.settings.target();
		if (receiver == null) {
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
