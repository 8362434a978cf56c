package io.clipvault.webhooks;

import java.net.URI;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of deliveries, written under the number of the attempt. */
@Component
class DeliveryRows {

	/** How long a delivery that has ended is kept. */
	static final Duration KEPT = Duration.ofDays(30);

	private final JdbcClient database;

	private final Clock clock;

	DeliveryRows(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	void insert(String id, String subject, WebhookTarget target, String body) {
		this.database.sql("""
				INSERT INTO webhook_delivery (id, subject, url, host, secret, body, status, attempts, changed_at)
				VALUES (:id, :subject, :url, :host, :secret, :body, 'pending', 0, :now)""")
			.param("id", id)
			.param("subject", subject)
			.param("url", target.url())
			.param("host", target.host())
			.param("secret", target.secret())
			.param("body", body)
			.param("now", this.clock.millis())
			.update();
	}

	/** How many deliveries have not ended. */
	long waiting() {
		return this.database.sql("SELECT COUNT(*) FROM webhook_delivery WHERE status = 'pending'")
			.query(Long.class)
			.single();
	}

	/** How many deliveries to a host have not ended. */
	long waiting(String host) {
		return this.database.sql("SELECT COUNT(*) FROM webhook_delivery WHERE host = :host AND status = 'pending'")
			.param("host", host)
			.query(Long.class)
			.single();
	}

	/**
	 * Ends the pending deliveries about a subject, because a later event replaces them.
	 */
	void supersede(String subject) {
		this.database.sql("""
				UPDATE webhook_delivery SET status = 'failed', last_error = :why, changed_at = :now, secret = ''
				WHERE subject = :subject AND status = 'pending'""")
			.param("why", "A later event about the same subject replaces it.")
			.param("now", this.clock.millis())
			.param("subject", subject)
			.update();
	}

	Optional<DeliveryOutcome> last(String subject) {
		return this.database.sql("""
				SELECT status, attempts, last_error, changed_at FROM webhook_delivery
				WHERE subject = :subject ORDER BY number DESC LIMIT 1""")
			.param("subject", subject)
			.query((row, number) -> new DeliveryOutcome(DeliveryOutcome.Status.of(row.getString("status")),
					row.getInt("attempts"), row.getString("last_error"),
					Instant.ofEpochMilli(row.getLong("changed_at"))))
			.optional();
	}

	/** The receiver's host; empty if there is no such delivery. */
	Optional<String> host(String id) {
		return this.database.sql("SELECT url FROM webhook_delivery WHERE id = :id")
			.param("id", id)
			.query(String.class)
			.optional()
			.map((url) -> URI.create(url).getAuthority());
	}

	/**
	 * Begins the next attempt. From here on the attempts before it can record nothing.
	 * @return empty if the delivery has ended
	 */
	Optional<Delivery> begin(String id) {
		return this.database.sql("""
				UPDATE webhook_delivery SET attempts = attempts + 1 WHERE id = :id AND status = 'pending'
				RETURNING url, secret, body, attempts""")
			.param("id", id)
			.query((row, number) -> new Delivery(id, new WebhookTarget(row.getString("url"), row.getString("secret")),
					row.getString("body"), row.getInt("attempts")))
			.optional();
	}

	/**
	 * Records how an attempt ended.
	 * @return false if a later attempt has begun or the delivery was superseded, and
	 * nothing was written
	 */
	boolean record(Delivery delivery, Attempt attempt) {
		return switch (attempt) {
			case Attempt.Taken() -> write(delivery, DeliveryOutcome.Status.DELIVERED, null);
			case Attempt.Refused(String why) -> write(delivery, DeliveryOutcome.Status.FAILED, why);
			case Attempt.Missed(String why) when delivery.attempts() >= Delivery.MOST_ATTEMPTS ->
				write(delivery, DeliveryOutcome.Status.FAILED,
						"%s It was tried %d times and is given up.".formatted(why, delivery.attempts()));
			case Attempt.Missed(String why) -> write(delivery, DeliveryOutcome.Status.PENDING, why);
		};
	}

	private boolean write(Delivery delivery, DeliveryOutcome.Status status, @Nullable String why) {
		// The secret is wiped as soon as the delivery has ended.
		return this.database.sql("""
				UPDATE webhook_delivery SET status = :status, last_error = :why, changed_at = :now,
					secret = CASE WHEN :status = 'pending' THEN secret ELSE '' END
				WHERE id = :id AND attempts = :attempts AND status = 'pending'""")
			.param("status", status.word())
			.param("why", why)
			.param("now", this.clock.millis())
			.param("id", delivery.id())
			.param("attempts", delivery.attempts())
			.update() == 1;
	}

	void delete(String subject) {
		this.database.sql("DELETE FROM webhook_delivery WHERE subject = :subject AND status <> 'pending'")
			.param("subject", subject)
			.update();
	}

	/**
	 * Makes deliveries due now that would wait for longer than any does: the clock was
	 * set back since.
	 */
	void bringForward() {
		Instant now = this.clock.instant();
		this.database.sql("UPDATE " + DeliveryTasks.TABLE + """
				 SET execution_time = ?, version = version + 1
				WHERE execution_time > ? AND picked = FALSE AND task_name = ?""")
			.params(Timestamp.from(now), Timestamp.from(now.plus(Delivery.LONGEST_WAIT)), DeliveryTasks.DELIVER)
			.update();
	}

	/** Deletes deliveries that ended more than 30 days ago. */
	int deleteOld() {
		return this.database.sql("DELETE FROM webhook_delivery WHERE status <> 'pending' AND changed_at < :before")
			.param("before", this.clock.millis() - KEPT.toMillis())
			.update();
	}

}
