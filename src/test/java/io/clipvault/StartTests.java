package io.clipvault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Restarts that must work, and starts that must be refused with one clear message.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	private final Path folder = FreshFolders.create("start");

	private ConfigurableApplicationContext start(String... settings) {
		Map<String, String> arguments = new HashMap<>(
				Map.of("server.port", "0", "clipvault.embedded.port", "0", "clipvault.storage.engine", "embedded",
						"clipvault.data-directory", this.folder.resolve("data").toString(), "clipvault.jobs.root",
						this.folder.resolve("output").toString()));
		for (String setting : settings) {
			arguments.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
		}
		return SpringApplication.run(ClipvaultApplication.class,
				arguments.entrySet().stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext service) {
		return Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
	}

	@Test
	void restartWhenDataFolderIsTheSameKeepsEveryClip() {
		JobFolder folder = JobFolder.create(this.folder.resolve("output"), "talk", "talk").withClips(2);
		try (ConfigurableApplicationContext service = start()) {
			Caller caller = new Caller(port(service));
			caller.postJob("talk");
			caller.ended("talk");
		}
		try (ConfigurableApplicationContext service = start()) {
			Caller caller = new Caller(port(service));
			assertThat(caller.get("/gallery").json()).hasSize(2);
			assertThat(caller.send(caller.request(caller.get("/gallery").json().get(0).path("url").asString())).body())
				.isEqualTo(folder.read(folder.clip(1)));
		}
	}

	@Test
	void startSaysWhichStoreBucketAndDatabaseAndWhoMayCall(CapturedOutput output) {
		start().close();
		assertThat(output).contains("Store: the embedded engine, which keeps objects in")
			.contains("Bucket: openshorts.app-clips.")
			.contains("Database: SQLite in ")
			.contains("Callers: only this machine; no key is needed.");
	}

	@Test
	void startWhenEngineIsS3AndThereAreNoCredentialsIsRefused(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("clipvault.storage.engine=s3",
				"clipvault.storage.endpoint=http://127.0.0.1:9", "AWS_PROFILE=clipvault-has-no-such-profile"));
		assertThat(output).contains("The engine is s3, but no AWS credentials were found.")
			.contains("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
			.doesNotContain("\tat org.springframework");
	}

	@Test
	void startWhenPortIsTakenIsRefused(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(() -> start("server.port=" + taken.getLocalPort()));
			assertThat(output).contains("Port " + taken.getLocalPort() + " was already in use.");
		}
	}

	@Test
	void startWhenDataFolderIsNotWritableIsRefused(CapturedOutput output) throws IOException {
		Path file = Files.createFile(this.folder.resolve("a-file"));
		assertThatException().isThrownBy(() -> start("clipvault.data-directory=" + file.resolve("data")));
		assertThat(output).contains("cannot be used").contains("Make it writable for this user, or name another one");
	}

	@Test
	void startWhenDatabaseFolderIsNotWritableIsRefused(CapturedOutput output) throws IOException {
		assertThatException().isThrownBy(() -> start("clipvault.storage.engine=s3", "AWS_ACCESS_KEY_ID=access",
				"AWS_SECRET_ACCESS_KEY=secret", "clipvault.data-directory=/proc"));
		assertThat(output).contains("The data folder /proc cannot be used").doesNotContain("\tat org.springframework");
	}

	@Test
	void startWhenManagementPortIsNotLoopbackIsRefused(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("management.server.port=18099"));
		assertThat(output).contains("The service would listen on every address");
	}

	@Test
	void startReadsTheEnvironmentFile(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.folder.resolve("clip.env"),
				"export CLIPVAULT_STORAGE_BUCKET=\"from-a-file\"\n");
		start("clipvault.env-file=" + file).close();
		assertThat(output).contains("Bucket: from-a-file.");
	}

	@Test
	void startWhenAnEndpointVariableIsEmptyTakesTheOther(CapturedOutput output) {
		start("clipvault.storage.engine=s3", "AWS_ACCESS_KEY_ID=access", "AWS_SECRET_ACCESS_KEY=secret",
				"AWS_ENDPOINT_URL_S3=", "AWS_ENDPOINT_URL=http://127.0.0.1:9")
			.close();
		assertThat(output).contains("Store: the S3-compatible store at http://127.0.0.1:9.");
	}

	@Test
	void startWhenAddressIsNotLoopbackIsRefusedUnlessOpen(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("server.address=0.0.0.0"));
		assertThat(output).contains("The service would listen on 0.0.0.0, where anyone could call it without a key.");

		start("server.address=0.0.0.0", "clipvault.security.open=true").close();
		assertThat(output).contains("Callers: everyone who can reach the address; no key is needed.");
	}

}
