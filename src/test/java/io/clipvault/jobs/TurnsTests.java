package io.clipvault.jobs;

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

class TurnsTests {

	private static final JobId LARGE = new JobId("large");

	private static final JobId SMALL = new JobId("small");

	private final Turns turns = new Turns(
			new UploadSettings(2, DataSize.ofMegabytes(16), DataSize.ofMegabytes(8), null, null, null));

	@Test
	void takeWhenALargeJobWaitsServesTheSmallOneFirst() {
		Turns.Turn first = this.turns.take(LARGE);
		Turns.Turn second = this.turns.take(LARGE);
		ConcurrentLinkedQueue<JobId> served = new ConcurrentLinkedQueue<>();
		List<CompletableFuture<Void>> waiting = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			waiting.add(inBackground(LARGE, served));
		}
		await().until(() -> this.turns.waiting() == 5);
		waiting.add(inBackground(SMALL, served));
		await().until(() -> this.turns.waiting() == 6);

		first.close();
		await().until(() -> !served.isEmpty());
		assertThat(served.peek()).isEqualTo(SMALL);
		second.close();
		waiting.forEach(CompletableFuture::join);
		assertThat(served).hasSize(6);
	}

	@Test
	void takeWhenTheServiceStopsGivesNoTurn() {
		Turns.Turn first = this.turns.take(LARGE);
		Turns.Turn second = this.turns.take(SMALL);
		CompletableFuture<Void> waiting = inBackground(LARGE, new ConcurrentLinkedQueue<>());
		await().until(() -> this.turns.waiting() == 1);

		this.turns.close();

		assertThat(waiting).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(Turns.Stopping.class);
		assertThatExceptionOfType(Turns.Stopping.class).isThrownBy(() -> this.turns.take(SMALL));
		first.close();
		second.close();
	}

	private CompletableFuture<Void> inBackground(JobId job, ConcurrentLinkedQueue<JobId> served) {
		return CompletableFuture.runAsync(() -> {
			try (Turns.Turn _ = this.turns.take(job)) {
				served.add(job);
			}
		}, (task) -> Thread.ofVirtual().start(task));
	}

}
