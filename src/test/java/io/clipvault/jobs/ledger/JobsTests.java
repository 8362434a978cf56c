package io.clipvault.jobs.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.kit.MutableClock;
import io.clipvault.kit.TestDatabase;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The statements that jobs run, and their query plans. */
class JobsTests {

	private final HikariDataSource dataSource = TestDatabase.SQLITE.open();

	private final JdbcTemplate template = new JdbcTemplate(new Recording());

	private final List<String> prepared = new ArrayList<>();

	private final Jobs jobs = new Jobs(JdbcClient.create(this.template),
			new JobFiles(JdbcClient.create(this.template), this.template, Mockito.mock()), Mockito.mock(), root(),
			new MutableClock(Instant.parse("2026-01-01T00:00:00Z")));

	@AfterEach
	void close() {
		this.dataSource.close();
	}

	@Test
	void enterWhenThereAreManyFilesInsertsThemInOneBatch() {
		this.jobs.enter(new JobId("many"), "many", List.of(artifact(1), artifact(2), artifact(3)), null);
		assertThat(this.prepared).filteredOn((sql) -> sql.startsWith("INSERT INTO job_file")).hasSize(1);
		assertThat(this.jobs.page(null, null, 1)).extracting(Job::counts).containsExactly(new Job.Counts(0, 3, 0, 6));
	}

	@Test
	void pageReadsItsJobsFromAnIndexAndOnlyTheirFiles() {
		Jobs.Position cursor = new Jobs.Position(0, new JobId("any"));
		assertThat(plan(null, null)).anyMatch((step) -> step.contains("job_by_age")).noneMatch(JobsTests::readsAll);
		assertThat(plan(null, cursor)).anyMatch((step) -> step.contains("job_by_age")).noneMatch(JobsTests::readsAll);
		assertThat(plan(JobStatus.FAILED, cursor)).anyMatch((step) -> step.contains("job_by_status"))
			.noneMatch(JobsTests::readsAll);
	}

	private List<String> plan(@Nullable JobStatus status, Jobs.@Nullable Position after) {
		this.jobs.page(status, after, 50);
		return JdbcClient.create(this.dataSource)
			.sql("EXPLAIN QUERY PLAN " + this.prepared.getLast().replace("?", "1"))
			.query((row, number) -> row.getString("detail"))
			.list();
	}

	private static boolean readsAll(String step) {
		return step.startsWith("SCAN");
	}

	private static RootId root() {
		RootId root = Mockito.mock();
		Mockito.when(root.id()).thenReturn("here");
		return root;
	}

	private static Artifact artifact(int number) {
		String name = "talk_clip_" + number + ".mp4";
		return new Artifact(new ArtifactName(name), new RootedFile(Path.of(""), Path.of(name)), "many/" + name, number);
	}

	/** Records the statements that are prepared. */
	private final class Recording extends DelegatingDataSource {

		Recording() {
			super(JobsTests.this.dataSource);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = Objects.requireNonNull(JobsTests.this.dataSource.getConnection());
			return (Connection) Proxy.newProxyInstance(JobsTests.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("prepareStatement")) {
							JobsTests.this.prepared.add((String) arguments[0]);
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException failure) {
							throw failure.getTargetException();
						}
					});
		}

	}

}
