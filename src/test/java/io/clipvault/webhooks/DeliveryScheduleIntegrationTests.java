package io.clipvault.webhooks;

import io.clipvault.kit.ClipvaultTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ClipvaultTest
class DeliveryScheduleIntegrationTests {

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private TransactionTemplate transaction;

	@Test
	void deliveryIsAttemptedWhenItsTransactionHasCommitted() {
		try (Receiver receiver = new Receiver()) {
			this.transaction.executeWithoutResult(
					(status) -> this.deliveries.enqueue("scheduled", new WebhookTarget(receiver.url(), "hush"), "{}"));
			await().until(() -> this.deliveries.last("scheduled").orElseThrow().status(),
					(status) -> status == DeliveryOutcome.Status.FAILED);
			// Loopback is refused by the default settings.
			assertThat(this.deliveries.last("scheduled").orElseThrow().lastError())
				.contains("set clipvault.webhooks.allow-private-addresses=true");
			assertThat(receiver.calls).isEmpty();
		}
	}

}
