package io.clipvault.jobs.runs;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.archives.Archives;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.kit.Caller;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.TwoReplicas;
import io.clipvault.layouts.JobId;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas on one PostgreSQL share the work, and one takes over from another that is
 * dead. Nothing is stepped here, because the real schedulers compete.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIntegrationTests {

	private static final int JOBS = 20;

	private static final int ROUNDS = 40;

	private final TwoReplicas replicas = TwoReplicas.start();

	private final Caller caller = this.replicas.first().caller();

	private final Caller otherCaller = this.replicas.second().caller();

	@AfterAll
	void stop() {
		this.replicas.close();
	}

	@Test
	void postToTwoReplicasUploadsEachJobOnce() {
		double before = bytesSent();
		List<String> names = IntStream.range(0, JOBS).mapToObj((number) -> "shared-" + number).toList();
		names.forEach((name) -> JobFolder.create(this.replicas.root(), name, "talk").withClips(2));
		names.parallelStream()
			.forEach((name) -> assertThat(
					((name.hashCode() % 2 == 0) ? this.caller : this.otherCaller).postJob(name).status())
				.isEqualTo(202));
		long expected = 0;
		for (String name : names) {
			JsonNode ended = this.caller.ended(name);
			assertThat(ended.path("status").asString()).isEqualTo("completed");
			assertThat(ended.path("attempts").asInt()).isEqualTo(1);
			expected += ended.path("bytes_total").asLong();
		}
		assertThat(bytesSent() - before).isEqualTo((double) expected);
	}

	@Test
	void postFilesToTwoReplicasAtOnceAcceptsOneWhoseFilesAreOnDisk() throws IOException {
		List<Scheduler> schedulers = Stream.of(this.replicas.first(), this.replicas.second())
			.map((replica) -> replica.bean(Scheduler.class))
			.toList();
		schedulers.forEach(Scheduler::pause);
		try {
			for (int round = 0; round < ROUNDS; round++) {
				String job = "files-" + round;
				JobFolder.create(this.replicas.root(), job, "talk").withFile("old.mp4", new byte[1]).received();
				List<Caller.Answer> answers = Stream.of(this.caller, this.otherCaller)
					.parallel()
					.map((replica) -> replica.send(replica.request("/jobs/" + job + "/artifacts")
						.header("Content-Type", "application/zip")
						.POST(HttpRequest.BodyPublishers
							.ofByteArray(Archives.zip((replica == this.caller) ? "a.mp4" : "b.mp4")))))
					.toList();
				assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(202, 409);
				JsonNode accepted = this.caller.get("/jobs/" + job).json().path("files");
				assertThat(accepted).hasSize(1);
				assertThat(JobFolder.names(this.replicas.root().resolve(job)))
					.containsExactly(accepted.path(0).path("name").asString());
				this.caller.send(this.caller.request("/jobs/" + job).DELETE());
			}
			try (Stream<Path> left = Files.list(this.replicas.root())) {
				assertThat(left).noneMatch((path) -> path.getFileName().toString().matches("\\.(incoming|replaced).*"));
			}
		}
		finally {
			schedulers.forEach(Scheduler::resume);
		}
	}

	@Test
	void jobWhenItsReplicaIsDeadIsTakenOver() {
		JobFolder.create(this.replicas.root(), "orphaned", "talk").withClips(1);
		JobId id = new JobId("orphaned");
		Posting posting = bean(Jobs.class).enter(id, "orphaned", bean(JobDirectory.class).artifacts(id, "orphaned"),
				null);
		assertThat(bean(Claims.class).take(posting)).isPresent();
		Instant longAgo = Instant.now().minus(Duration.ofMinutes(1));
		bean(JdbcClient.class).sql("""
				INSERT INTO scheduled_tasks
					(task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
				VALUES (?, ?, ?, TRUE, 'a dead replica', ?, 1)""")
			.params(UploadTasks.uploadsUnder(bean(RootId.class)), posting.toString(), Timestamp.from(longAgo),
					Timestamp.from(longAgo))
			.update();

		JsonNode ended = this.caller.ended("orphaned");

		assertThat(ended.path("status").asString()).isEqualTo("completed");
		assertThat(ended.path("attempts").asInt()).isEqualTo(2);
	}

	private <T> T bean(Class<T> type) {
		return this.replicas.first().bean(type);
	}

	private double bytesSent() {
		return Stream.of(this.replicas.first(), this.replicas.second())
			.mapToDouble((replica) -> replica.bean(MeterRegistry.class).counter("clipvault.upload.bytes").count())
			.sum();
	}

}
