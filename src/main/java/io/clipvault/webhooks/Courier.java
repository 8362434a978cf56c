package io.clipvault.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Makes one attempt at a delivery, records it, and says when to retry. */
@Component
class Courier {

	private static final Logger log = LoggerFactory.getLogger(Courier.class);

	/** A dead receiver holds each attempt until its deadline; the rest is for others. */
	static final int MOST_PER_HOST = 8;

	/**
	 * Such an attempt counts, or the deliveries to a receiver that hangs would never end.
	 */
	private static final Attempt NOT_SENT = new Attempt.Missed(
			"It was not sent, because earlier attempts at this receiver still wait for their answers.");

	/** The hosts that are being attempted. */
	private final Map<String, Host> hosts = new ConcurrentHashMap<>();

	private final DeliveryRows rows;

	private final WebhookClient client;

	private final MeterRegistry meters;

	private final Clock clock;

	Courier(DeliveryRows rows, WebhookClient client, MeterRegistry meters, Clock clock) {
		this.rows = rows;
		this.client = client;
		this.meters = meters;
		this.clock = clock;
	}

	/** What the schedule is to do with the delivery after this attempt. */
	CompletionHandler<Void> deliver(String id) {
		String host = this.rows.host(id).orElse("");
		if (enter(host)) {
			AtomicBoolean missed = new AtomicBoolean();
			try {
				return attempt(id, (delivery) -> {
					Attempt attempt = this.client.send(delivery);
					missed.set(attempt instanceof Attempt.Missed);
					return attempt;
				});
			}
			finally {
				leave(host, missed.get());
			}
		}
		return isMissing(host) ? attempt(id, (delivery) -> NOT_SENT) : later(Delivery.delay(1));
	}

	private CompletionHandler<Void> attempt(String id, Function<Delivery, Attempt> attempt) {
		return this.rows.begin(id)
			.map((delivery) -> ended(delivery, attempt.apply(delivery)))
			.orElseGet(CompletionHandler.OnCompleteRemove::new);
	}

	private CompletionHandler<Void> ended(Delivery delivery, Attempt attempt) {
		report(delivery, attempt);
		if (!this.rows.record(delivery, attempt)) {
			log.warn("Webhook {}: another worker or a later event replaced it, and it may be sent a second time.",
					delivery);
			// The schedule entry may be the other worker's now.
			return (complete, operations) -> {
			};
		}
		return delivery.delayAfter(attempt).map(this::later).orElseGet(CompletionHandler.OnCompleteRemove::new);
	}

	private CompletionHandler<Void> later(Duration delay) {
		Instant next = this.clock.instant().plus(delay);
		return (complete, operations) -> operations.reschedule(complete, next);
	}

	/** Counts an attempt at a host; false if that one holds its share already. */
	private boolean enter(String host) {
		AtomicBoolean entered = new AtomicBoolean();
		this.hosts.compute(host, (name, held) -> {
			Host before = (held != null) ? held : new Host(0, false);
			entered.set(before.attempts() < MOST_PER_HOST);
			return entered.get() ? new Host(before.attempts() + 1, before.missed()) : before;
		});
		return entered.get();
	}

	private void leave(String host, boolean missed) {
		this.hosts.computeIfPresent(host,
				(name, held) -> (held.attempts() == 1) ? null : new Host(held.attempts() - 1, missed));
	}

	private boolean isMissing(String host) {
		Host held = this.hosts.get(host);
		return held != null && held.missed();
	}

	private void report(Delivery delivery, Attempt attempt) {
		String outcome = switch (attempt) {
			case Attempt.Taken() -> "delivered";
			case Attempt.Missed(String why) -> {
				log.info("Webhook {}, attempt {}: {}", delivery, delivery.attempts(), why);
				yield "missed";
			}
			case Attempt.Refused(String why) -> {
				log.warn("Webhook {} is given up: {}", delivery, why);
				yield "refused";
			}
		};
		this.meters.counter("clipvault.webhook.attempts", "outcome", outcome).increment();
	}

	/**
	 * A host that is being attempted.
	 *
	 * @param attempts how often at this moment
	 * @param missed whether the attempt that ended last was missed
	 */
	private record Host(int attempts, boolean missed) {
	}

}
