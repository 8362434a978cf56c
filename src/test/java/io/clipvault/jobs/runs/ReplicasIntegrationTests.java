package io.clipvault.jobs.runs;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.clipvault.ClipvaultApplication;
import io.clipvault.jobs.Posting;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.ledger.Claims;
import io.clipvault.jobs.ledger.Jobs;
import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.OnPostgres;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.StoreConnection;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Several services on one PostgreSQL share the work, and take over from the dead. */
@ClipvaultTest
@ContextConfiguration(initializers = { FreshFolders.class, OnPostgres.class })
class ReplicasIntegrationTests {

	private static final int JOBS = 20;

	private final Caller caller;

	private final Path root;

	@Autowired
	private JdbcClient database;

	@Autowired
	private Jobs jobs;

	@Autowired
	private JobDirectory directories;

	@Autowired
	private Claims claims;

	@Autowired
	private RootId rootId;

	@Autowired
	private MeterRegistry meters;

	ReplicasIntegrationTests(@LocalServerPort int port, @Value("${clipvault.jobs.root}") Path root) {
		this.caller = new Caller(port);
		this.root = root;
	}

	@Test
	void postToTwoReplicasUploadsEachJobOnce(@Autowired StoreConnection store,
			@Value("${spring.datasource.url}") String url, @Value("${clipvault.storage.bucket:}") String bucket) {
		try (ConfigurableApplicationContext other = new SpringApplicationBuilder(ClipvaultApplication.class).run(
				"--server.port=0", "--spring.datasource.url=" + url, "--clipvault.jobs.root=" + this.root,
				"--clipvault.data-directory=" + FreshFolders.create("replica"), "--clipvault.storage.engine=s3",
				"--clipvault.storage.endpoint=" + store.endpoint(), "--clipvault.storage.bucket=" + bucket,
				"--AWS_ACCESS_KEY_ID=" + store.accessKey(), "--AWS_SECRET_ACCESS_KEY=" + store.secretKey())) {
			Caller otherCaller = new Caller(
					other.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			double before = bytesSent(this.meters) + bytesSent(other.getBean(MeterRegistry.class));
			List<String> names = IntStream.range(0, JOBS).mapToObj((number) -> "shared-" + number).toList();
			names.forEach((name) -> JobFolder.create(this.root, name, "talk").withClips(2));
			names.parallelStream()
				.forEach((name) -> assertThat(
						((name.hashCode() % 2 == 0) ? this.caller : otherCaller).postJob(name).status())
					.isEqualTo(202));
			long expected = 0;
			for (String name : names) {
				JsonNode ended = this.caller.ended(name);
				assertThat(ended.path("status").asString()).isEqualTo("completed");
				assertThat(ended.path("attempts").asInt()).isEqualTo(1);
				expected += ended.path("bytes_total").asLong();
			}
			assertThat(bytesSent(this.meters) + bytesSent(other.getBean(MeterRegistry.class)) - before)
				.isEqualTo((double) expected);
		}
	}

	@Test
	void jobOfADeadReplicaIsTakenUp() {
		JobFolder.create(this.root, "orphaned", "talk").withClips(1);
		JobId id = new JobId("orphaned");
		Posting posting = this.jobs.enter(id, "orphaned", this.directories.artifacts(id, "orphaned"), null);
		this.claims.take(posting);
		Instant longAgo = Instant.now().minus(Duration.ofMinutes(1));
		this.database.sql("""
				INSERT INTO scheduled_tasks
					(task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
				VALUES (?, ?, ?, TRUE, 'a dead replica', ?, 1)""")
			.params(UploadTasks.uploadsUnder(this.rootId), posting.toString(), Timestamp.from(longAgo),
					Timestamp.from(longAgo))
			.update();

		JsonNode ended = this.caller.ended("orphaned");

		assertThat(ended.path("status").asString()).isEqualTo("completed");
		assertThat(ended.path("attempts").asInt()).isEqualTo(2);
	}

	private static double bytesSent(MeterRegistry meters) {
		return meters.counter("clipvault.upload.bytes").count();
	}

}
