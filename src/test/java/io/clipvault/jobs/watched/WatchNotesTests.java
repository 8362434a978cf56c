package io.clipvault.jobs.watched;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.clipvault.jobs.folders.DirectorySnapshot;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.TestDatabase;
import io.clipvault.layouts.ArtifactSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class WatchNotesTests {

	private static final ArtifactSettings SETTINGS = new ArtifactSettings(List.of(".mp4"), List.of());

	@ParameterizedTest
	@EnumSource
	void noteWhenManyCallersNoteTheSameContentAtOnceIsNewForOneOfThem(TestDatabase database) throws Exception {
		try (HikariDataSource dataSource = database.open();
				ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			WatchNotes notes = new WatchNotes(JdbcClient.create(dataSource), mock(), SETTINGS,
					new WatchSettings(true, Duration.ofSeconds(30)), Clock.systemUTC());
			for (int size = 1; size <= 5; size++) {
				DirectorySnapshot seen = seen(size);
				assertThat(notes.isKnown(seen)).isFalse();
				List<Callable<Boolean>> calls = Stream.<Callable<Boolean>>generate(() -> () -> notes.note(seen))
					.limit(8)
					.toList();
				assertThat(callers.invokeAll(calls)).extracting(Future::get).containsOnlyOnce(true);
				assertThat(notes.isKnown(seen)).isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void sweepWhenADirectoryWasAbsentManyTimesInARowRemovesItsNoteAndNoOther(TestDatabase database) throws Exception {
		try (HikariDataSource dataSource = database.open()) {
			JdbcClient client = JdbcClient.create(dataSource);
			List.of("gone", "back", "there", "elsewhere", "never-seen")
				.forEach((name) -> client
					.sql("INSERT INTO watched_directory (directory, content, taken_at) VALUES (?, '', 0)")
					.param(name)
					.update());
			client.sql("UPDATE watched_directory SET place = 'other' WHERE directory = 'elsewhere'").update();
			RootId root = mock();
			given(root.id()).willReturn("this");
			WatchNoteSweep sweep = new WatchNoteSweep(client, root);
			sweep.sweep(Set.of("gone", "back", "there"));
			for (int absence = 1; absence < WatchNoteSweep.ABSENCES; absence++) {
				sweep.sweep(Set.of("there"));
			}
			sweep.sweep(Set.of());
			assertThat(names(client)).hasSize(5);
			sweep.sweep(Set.of("back", "there"));
			assertThat(names(client)).contains("back").doesNotContain("gone");
			sweep.sweep(Set.of("there"));
			assertThat(names(client)).containsExactlyInAnyOrder("back", "there", "elsewhere", "never-seen");
		}
	}

	private static List<@Nullable String> names(JdbcClient client) {
		return client.sql("SELECT directory FROM watched_directory").query(String.class).list();
	}

	private static DirectorySnapshot seen(int size) throws IOException {
		JobFolder folder = JobFolder.create(FreshFolders.create("noted"), "talk", "talk");
		return DirectorySnapshot.of(folder.withFile("talk_clip_1.mp4", new byte[size]).path());
	}

}
