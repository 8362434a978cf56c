package io.clipvault.webhooks;

import java.time.Clock;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Makes one attempt at a delivery, records it, and says when to retry. */
@Component
class Courier {

	private static final Logger log = LoggerFactory.getLogger(Courier.class);

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
		return this.rows.begin(id).map(this::deliver).orElseGet(CompletionHandler.OnCompleteRemove::new);
	}

	private CompletionHandler<Void> deliver(Delivery delivery) {
		Attempt attempt = this.client.send(delivery);
		report(delivery, attempt);
		if (!this.rows.record(delivery, attempt)) {
			log.warn("Webhook {}: another worker took it over, and may have sent it a second time.", delivery);
			// The schedule entry is the other worker's now.
			return (complete, operations) -> {
			};
		}
		return delivery.delayAfter(attempt)
			.map(this.clock.instant()::plus)
			.<CompletionHandler<Void>>map((next) -> (complete, operations) -> operations.reschedule(complete, next))
			.orElseGet(CompletionHandler.OnCompleteRemove::new);
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
