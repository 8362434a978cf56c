package io.clipvault.state;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.StoreUnderTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/operations.md says about saving and bringing back the state. */
class SavedStateTests {

	private final Path saved = FreshFolders.create("saved");

	private final Path bucketAlone = FreshFolders.create("bucket-alone");

	@Test
	void copyThatWasMadeWhileAJobRanShowsJobsAndGalleryAndGoesOnWithoutSendingTwice() throws Exception {
		Path root = save();
		try (StoreUnderTest service = StoreUnderTest
			.with(Map.of("clipvault.data-directory", this.saved.toString(), "clipvault.jobs.root", root.toString()))) {
			Caller caller = service.caller();
			assertThat(caller.get("/jobs/before").json().path("status").asString()).isEqualTo("completed");
			assertThat(caller.ended("during").path("status").asString()).isEqualTo("completed");
			assertThat(service.bean(MeterRegistry.class)
				.find("clipvault.upload.bytes")
				.counters()
				.stream()
				.mapToDouble(Counter::count)
				.sum()).as("the bucket had everything").isZero();
			requireGallery(caller);
		}
		try (StoreUnderTest service = StoreUnderTest
			.with(Map.of("clipvault.data-directory", this.bucketAlone.toString()))) {
			assertThat(service.caller().get("/jobs").json()).isEmpty();
			requireGallery(service.caller());
		}
	}

	/**
	 * Saves a service in the order that the documentation names: first the database, in
	 * which a job is still running, then the bucket, which has all of it by then.
	 */
	private Path save() throws Exception {
		try (StoreUnderTest service = StoreUnderTest.embedded()) {
			Environment settings = service.bean(Environment.class);
			Path data = Path.of(settings.getRequiredProperty("clipvault.data-directory"));
			Path root = Path.of(settings.getRequiredProperty("clipvault.jobs.root"));
			JobFolder.create(root, "before", "talk").withClips(1);
			service.caller().postJob("before");
			assertThat(service.caller().ended("before").path("status").asString()).isEqualTo("completed");
			JobFolder.create(root, "during", "talk").withClips(1).withFile("talk_clip_1.mp4", new byte[96 << 20]);
			service.caller().postJob("during");
			saveDatabase(data.resolve("clipvault.db"), this.saved.resolve("clipvault.db"));
			assertThat(service.caller().ended("during").path("status").asString()).isEqualTo("completed");
			saveObjects(data.resolve("s3"), this.saved);
			saveObjects(data.resolve("s3"), this.bucketAlone);
			return root;
		}
	}

	private static void saveDatabase(Path from, Path to) throws SQLException {
		try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + from);
				Statement statement = reader.createStatement()) {
			statement.execute("VACUUM INTO '" + to + "'");
		}
		try (Connection copy = DriverManager.getConnection("jdbc:sqlite:" + to);
				Statement statement = copy.createStatement();
				var rows = statement.executeQuery("SELECT status FROM job WHERE id = 'during'")) {
			assertThat(rows.getString(1)).isIn("queued", "uploading");
		}
	}

	private static void saveObjects(Path from, Path to) throws IOException, InterruptedException {
		assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start().waitFor())
			.isZero();
	}

	private static void requireGallery(Caller caller) {
		JsonNode gallery = caller.get("/gallery?refresh=true").json();
		assertThat(gallery.valueStream().map((clip) -> clip.path("job_id").asString())).contains("before", "during");
		String link = gallery.get(0).path("url").asString();
		assertThat(caller.send(caller.request(link)).status()).isEqualTo(200);
	}

}
