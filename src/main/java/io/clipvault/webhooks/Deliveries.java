package io.clipvault.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deliveries, kept until they are made or given up. */
@Component
public class Deliveries {

	/** With the delays below this is five to six hours. */
	static final int MOST_ATTEMPTS = 14;

	/** Longer than any attempt takes: after it, the worker is taken for dead. */
	static final Duration LEASE = Duration.ofMinutes(2);

	static final Duration KEPT = Duration.ofDays(30);

	private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

	private static final Duration LONGEST_DELAY = Duration.ofHours(1);

	private final JdbcClient database;

	private final WebhookSettings settings;

	private final Clock clock;

	Deliveries(JdbcClient database, WebhookSettings settings, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Enters a delivery in the caller's transaction; who is not named is the one of the
	 * settings, and if they name nobody, nothing is entered.
	 */
	public void enqueue(String subject, @Nullable WebhookTarget target, String json) {
		WebhookTarget receiver = (target != null) ? target : this.settings.target();
		if (receiver == null) {
			return;
		}
		long now = this.clock.millis();
		this.database.sql("""
				INSERT INTO webhook_delivery
					(id, subject, url, secret, body, status, attempts, due_at, changed_at)
				VALUES (:id, :subject, :url, :secret, :body, 'pending', 0, :now, :now)""")
			.param("id", UUID.randomUUID().toString())
			.param("subject", subject)
			.param("url", receiver.url())
			.param("secret", receiver.secret())
			.param("body", json)
			.param("now", now)
			.update();
	}

	/** How far the newest delivery about a subject is. */
	public Optional<DeliveryOutcome> last(String subject) {
		return this.database.sql("""
				SELECT status, attempts, last_error, changed_at FROM webhook_delivery
				WHERE subject = :subject ORDER BY number DESC LIMIT 1""")
			.param("subject", subject)
			.query((row, number) -> new DeliveryOutcome(DeliveryOutcome.Status.of(row.getString("status")),
					row.getInt("attempts"), row.getString("last_error"),
					Instant.ofEpochMilli(row.getLong("changed_at"))))
			.optional();
	}

	/**
	 * Takes deliveries that are due, each for this caller alone until its lease is over.
	 */
	List<Delivery> claim(int most) {
		long now = this.clock.millis();
		List<Delivery> due = this.database.sql("""
				SELECT id, url, secret, body, attempts FROM webhook_delivery
				WHERE status = 'pending' AND due_at <= :now ORDER BY due_at LIMIT :most""")
			.param("now", now)
			.param("most", most)
			.query((row, number) -> claimable(row))
			.list();
		List<Delivery> claimed = new ArrayList<>();
		for (Delivery delivery : due) {
			// Due again when the lease is over: the same condition keeps others away.
			int taken = this.database.sql("""
					UPDATE webhook_delivery SET claim = :claim, attempts = :attempts, due_at = :until
					WHERE id = :id AND status = 'pending' AND due_at <= :now""")
				.param("claim", delivery.claim())
				.param("attempts", delivery.attempts())
				.param("until", now + LEASE.toMillis())
				.param("id", delivery.id())
				.param("now", now)
				.update();
			if (taken == 1) {
				claimed.add(delivery);
			}
		}
		return claimed;
	}

	private static Delivery claimable(ResultSet row) throws SQLException {
		return new Delivery(row.getString("id"), UUID.randomUUID().toString(),
				new WebhookTarget(row.getString("url"), row.getString("secret")), row.getString("body"),
				row.getInt("attempts") + 1);
	}

	/**
	 * Writes down how an attempt ended.
	 * @return false if the claim was lost meanwhile, and nothing was written
	 */
	boolean record(Delivery delivery, Attempt attempt) {
		return switch (attempt) {
			case Attempt.Taken() -> write(delivery, DeliveryOutcome.Status.DELIVERED, null);
			case Attempt.Refused(String why) -> write(delivery, DeliveryOutcome.Status.FAILED, why);
			case Attempt.Missed(String why) when delivery.attempts() >= MOST_ATTEMPTS ->
				write(delivery, DeliveryOutcome.Status.FAILED,
						"%s It was tried %d times and is given up.".formatted(why, delivery.attempts()));
			case Attempt.Missed(String why) -> write(delivery, DeliveryOutcome.Status.PENDING, why);
		};
	}

	private boolean write(Delivery delivery, DeliveryOutcome.Status status, @Nullable String why) {
		long now = this.clock.millis();
		// The secret is only kept while it is needed.
		return this.database.sql("""
				UPDATE webhook_delivery SET status = :status, last_error = :why, claim = NULL, changed_at = :now,
					due_at = :due, secret = CASE WHEN :status = 'pending' THEN secret ELSE '' END
				WHERE id = :id AND claim = :claim AND status = 'pending'""")
			.param("status", status.word())
			.param("why", why)
			.param("now", now)
			.param("due", now + delay(delivery.attempts()).toMillis())
			.param("id", delivery.id())
			.param("claim", delivery.claim())
			.update() == 1;
	}

	/** Forgets deliveries that ended long ago. */
	int forget() {
		return this.database.sql("DELETE FROM webhook_delivery WHERE status <> 'pending' AND changed_at < :before")
			.param("before", this.clock.millis() - KEPT.toMillis())
			.update();
	}

	/** Doubles from ten seconds to an hour, a fifth more or less. */
	static Duration delay(int attempts) {
		long doubled = FIRST_DELAY.toMillis() << Math.min(attempts - 1, 20);
		long longest = Math.min(doubled, LONGEST_DELAY.toMillis());
		return Duration.ofMillis(Math.round(longest * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
	}

}
