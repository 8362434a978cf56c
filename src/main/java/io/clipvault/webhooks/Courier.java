package io.clipvault.webhooks;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings what is due, a bounded number at once. */
@Component
class Courier implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Courier.class);

	private final Deliveries deliveries;

	private final WebhookClient client;

	private final MeterRegistry meters;

	private final Semaphore free = new Semaphore(WebhookClient.PARALLEL);

	private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("webhook-");

	Courier(Deliveries deliveries, WebhookClient client, MeterRegistry meters) {
		this.deliveries = deliveries;
		this.client = client;
		this.meters = meters;
		this.executor.setVirtualThreads(true);
		// An attempt that is cut would be made again after its lease.
		this.executor.setTaskTerminationTimeout(WebhookClient.DEADLINE.plus(Duration.ofSeconds(1)).toMillis());
	}

	@Scheduled(fixedDelay = 1000)
	void bringDue() {
		int room = this.free.availablePermits();
		if (room == 0) {
			return;
		}
		for (Delivery delivery : this.deliveries.claim(room)) {
			this.free.acquireUninterruptibly();
			this.executor.execute(() -> bring(delivery));
		}
	}

	private void bring(Delivery delivery) {
		try {
			Attempt attempt = this.client.send(delivery);
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
			if (!this.deliveries.record(delivery, attempt)) {
				log.warn("Webhook {}: another worker took it meanwhile, and may have sent it again.", delivery);
			}
		}
		finally {
			this.free.release();
		}
	}

	@Scheduled(fixedDelay = 24 * 60 * 60 * 1000L, initialDelay = 60_000)
	void forgetOld() {
		this.deliveries.forget();
	}

	@Override
	public void destroy() {
		this.executor.close();
	}

}
