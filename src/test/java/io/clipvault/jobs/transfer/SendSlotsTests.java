package io.clipvault.jobs.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

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
	void takeWhenManyLargeJobsWaitServesANewOneAmongTheNextTwo() {
		SendSlots one = new SendSlots(new UploadSettings(1, DataSize.ofMegabytes(16), DataSize.ofMegabytes(8)));
		Semaphore steps = new Semaphore(0);
		ConcurrentLinkedQueue<JobId> served = new ConcurrentLinkedQueue<>();
		int jobs = 20;
		IntStream.range(0, 3 * jobs).forEach((part) -> {
			step(one, new JobId("large-" + part % jobs), served, steps);
			await().until(() -> served.size() + one.waiting() == part + 1);
		});
		steps.release(jobs);
		await().until(() -> served.size() == jobs + 1);

		step(one, SMALL, served, steps);
		await().until(() -> one.waiting() == 2 * jobs);
		steps.release(3 * jobs);
		await().until(() -> served.size() == 3 * jobs + 1);

		assertThat(List.copyOf(served).indexOf(SMALL)).isBetween(jobs + 1, jobs + 2);
		assertThat(List.copyOf(served).subList(0, jobs)).doesNotHaveDuplicates();
	}

	/** Takes a slot in the background, and keeps it for one step. */
	private static void step(SendSlots slots, JobId job, ConcurrentLinkedQueue<JobId> served, Semaphore steps) {
		Thread _ = Thread.ofVirtual().start(() -> {
			try (SendSlots.Slot _ = slots.take(job)) {
				served.add(job);
				steps.acquireUninterruptibly();
			}
		});
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
