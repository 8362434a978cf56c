package io.clipvault.jobs;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.kit.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class WatchedJobsTests {

	private static final JobsSettings SETTINGS = new JobsSettings(Path.of("root"), List.of(".mp4"), List.of(), 1, 1, 1,
			Duration.ofSeconds(1));

	@ParameterizedTest
	@EnumSource
	void noteWhenManyBringTheSameContentAtOnceIsNewForOneOfThem(TestDatabase database) throws Exception {
		try (HikariDataSource dataSource = database.open();
				ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			WatchedJobs jobs = new WatchedJobs(JdbcClient.create(dataSource), mock(), SETTINGS,
					new WatchSettings(true, Duration.ofSeconds(30)), Clock.systemUTC());
			for (long size = 1; size <= 5; size++) {
				WatchedDirectory seen = seen(size);
				assertThat(jobs.known(seen)).isFalse();
				List<Callable<Boolean>> notes = Stream.<Callable<Boolean>>generate(() -> () -> jobs.note(seen))
					.limit(8)
					.toList();
				assertThat(callers.invokeAll(notes)).extracting(Future::get).containsOnlyOnce(true);
				assertThat(jobs.known(seen)).isTrue();
			}
		}
	}

	private static WatchedDirectory seen(long size) {
		TreeMap<String, WatchedDirectory.Seen> files = new TreeMap<>();
		files.put("talk_clip_1.mp4", new WatchedDirectory.Seen(size, 0));
		return new WatchedDirectory(Path.of("root", "talk"), files);
	}

}
