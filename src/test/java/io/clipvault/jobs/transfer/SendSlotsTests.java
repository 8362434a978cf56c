package io.clipvault.jobs.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SendSlotsTests {

	private static final JobId LARGE = new JobId("large");

	private static final JobId SMALL = new JobId("small");

	private final SendSlots slots = new SendSlots(
			new UploadSettings(2, DataSize.ofMegabytes(16), DataSize.ofMegabytes(8)));

	@Test
	void takeWhenALargeJobWaitsServesTheSmallOneFirst() {
		SendSlots.Slot first = this.slots.take(LARGE);
		SendSlots.Slot second = this.slots.take(LARGE);
		ConcurrentLinkedQueue<JobId> served = new ConcurrentLinkedQueue<>();
		List<CompletableFuture<Void>> waiting = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			waiting.add(inBackground(LARGE, served));
		}
		await().until(() -> this.slots.waiting() == 5);
		waiting.add(inBackground(SMALL, served));
		await().until(() -> this.slots.waiting() == 6);

		first.close();
		await().until(() -> !served.isEmpty());
		assertThat(served.peek()).isEqualTo(SMALL);
		second.close();
		waiting.forEach(CompletableFuture::join);
		assertThat(served).hasSize(6);
	}

	@Test
	void takeWhenTheServiceStopsGivesNoSlot() {
		SendSlots.Slot first = this.slots.take(LARGE);
		SendSlots.Slot second = this.slots.take(SMALL);
		CompletableFuture<Void> waiting = inBackground(LARGE, new ConcurrentLinkedQueue<>());
		await().until(() -> this.slots.waiting() == 1);

		this.slots.close();

		assertThat(waiting).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(SendSlots.Stopping.class);
		assertThatExceptionOfType(SendSlots.Stopping.class).isThrownBy(() -> this.slots.take(SMALL));
		first.close();
		second.close();
	}

	private CompletableFuture<Void> inBackground(JobId job, ConcurrentLinkedQueue<JobId> served) {
		return CompletableFuture.runAsync(() -> {
			try (SendSlots.Slot _ = this.slots.take(job)) {
				served.add(job);
			}
		}, (task) -> Thread.ofVirtual().start(task));
	}

}
