package io.clipvault.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

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

	private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

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
		Optional<String> host = this.rows.host(id);
		if (host.isPresent() && !enter(host.get())) {
			return later(Delivery.delay(1));
		}
		try {
			return this.rows.begin(id).map(this::deliver).orElseGet(CompletionHandler.OnCompleteRemove::new);
		}
		finally {
			host.ifPresent(this::leave);
		}
	}

	private CompletionHandler<Void> deliver(Delivery delivery) {
		Attempt attempt = this.client.send(delivery);
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
		this.attempts.compute(host, (name, held) -> {
			int before = (held != null) ? held : 0;
			entered.set(before < MOST_PER_HOST);
			return entered.get() ? before + 1 : before;
		});
		return entered.get();
	}

	private void leave(String host) {
		this.attempts.computeIfPresent(host, (name, held) -> (held == 1) ? null : held - 1);
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

}
