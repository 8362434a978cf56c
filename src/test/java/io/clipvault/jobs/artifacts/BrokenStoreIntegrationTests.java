package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.clipvault.embedded.EngineAlone;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.kit.Caller;
import io.clipvault.kit.Fault;
import io.clipvault.kit.FaultProxy;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The store breaks off in the middle of an object, or the caller does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class BrokenStoreIntegrationTests {

	private static final String BUCKET = "breaks";

	/** More than all buffers on the way hold. */
	private static final int LARGE = 32 << 20;

	private final EngineAlone engine = EngineAlone.start(FreshFolders.create("engine"), BUCKET);

	private final S3Client s3 = this.engine.client();

	private final FaultProxy proxy = FaultProxy.before(this.engine.endpoint());

	private final StoreUnderTest service = StoreUnderTest
		.with(Map.of("clipvault.storage.engine", "s3", "clipvault.storage.endpoint", this.proxy.endpoint().toString(),
				"clipvault.storage.bucket", BUCKET, "AWS_ACCESS_KEY_ID", this.engine.accessKey(),
				"AWS_SECRET_ACCESS_KEY", this.engine.secretKey(), "clipvault.storage.max-attempts", "1"));

	private final Caller caller = this.service.caller();

	private final Path root = this.service.bean(FolderSettings.class).root();

	@AfterAll
	void stop() {
		this.service.close();
		this.proxy.close();
		this.s3.close();
		this.engine.close();
	}

	@BeforeEach
	void calm() {
		this.proxy.failing((request) -> Fault.NONE);
	}

	@Test
	void zipWhenTheStoreBreaksOffAfterTheFirstBytesCutsTheConnection(CapturedOutput output) {
		stored("cut", 100_000, 100_000);
		this.proxy.failing("^GET .*clip_2", Fault.TRUNCATED_ANSWER);
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.caller.get("/jobs/cut/artifacts.zip"));
		assertThat(output).contains("cut.zip broke off", "broke off in the middle of an object");
	}

	@Test
	void zipWhenAnObjectVanishesMidwayCutsTheConnection() {
		stored("vanished", 100_000, 100_000);
		this.proxy.failing((request) -> {
			if (request.contains("clip_1")) {
				this.s3.deleteObject((delete) -> delete.bucket(BUCKET).key("vanished/talk_clip_2.mp4"));
			}
			return Fault.NONE;
		});
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.caller.get("/jobs/vanished/artifacts.zip"));
	}

	@Test
	void zipWhenItFailsBeforeTheFirstBytesIsAProblem() {
		stored("early", 100, 100);
		this.proxy.failing("^GET .*clip_1", Fault.SLOW_DOWN);
		assertUnreachable(this.caller.get("/jobs/early/artifacts.zip"), "answered 503 SlowDown");
		this.proxy.failing("^GET .*clip_1", Fault.TRUNCATED_ANSWER);
		assertUnreachable(this.caller.get("/jobs/early/artifacts.zip"), "broke off in the middle of an object");
	}

	@Test
	void zipWhenTheCallerHangsUpLogsNoError(CapturedOutput output) throws IOException {
		stored("left", LARGE);
		hangUp("/jobs/left/artifacts.zip");
		await().untilAsserted(() -> assertThat(output).contains("hung up before the end of left.zip"));
		assertThat(problemsLogged(output, "left")).isEmpty();
	}

	@Test
	void objectWhenTheStoreBreaksOffCutsTheConnection() {
		stored("object", 100_000);
		this.proxy.failing("^GET .*clip_1", Fault.TRUNCATED_ANSWER);
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.caller.get("/buckets/" + BUCKET + "/objects/object/talk_clip_1.mp4"));
	}

	@Test
	void objectWhenItFailsBeforeTheFirstBytesIsAProblem() {
		stored("small", 100);
		this.proxy.failing("^GET .*clip_1", Fault.TRUNCATED_ANSWER);
		assertUnreachable(this.caller.get("/buckets/" + BUCKET + "/objects/small/talk_clip_1.mp4"),
				"broke off in the middle of an object");
	}

	@Test
	void objectWhenTheCallerHangsUpLogsNoError(CapturedOutput output) throws IOException {
		stored("alone", LARGE);
		hangUp("/buckets/" + BUCKET + "/objects/alone/talk_clip_1.mp4");
		await().untilAsserted(() -> assertThat(output).contains("hung up before the end of 'alone/talk_clip_1.mp4'"));
		assertThat(problemsLogged(output, "alone")).isEmpty();
	}

	@Test
	void restoreWhenTheStoreBreaksOffIsAProblemAndLeavesNoHalfFile() throws IOException {
		stored("back", 100_000, 100_000);
		this.proxy.failing("^GET .*clip_2", Fault.TRUNCATED_ANSWER);
		assertUnreachable(this.caller.post("/jobs/back/restore", "{}"), "broke off in the middle of an object");
		try (Stream<Path> files = Files.list(this.root.resolve("back"))) {
			assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("talk_clip_1.mp4");
		}
	}

	private static List<String> problemsLogged(CapturedOutput output, String about) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains(about) && (line.contains(" ERROR ") || line.contains(" WARN ")))
			.toList();
	}

	/** Mounts a disk of one megabyte, which only root may do. */
	@Test
	void restoreWhenTheDiskIsFullSaysSoAndLeavesNoHalfFile() throws Exception {
		stored("filling", LARGE);
		Path disk = Files.createDirectory(this.root.resolve("disk"));
		assumeThat(ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
			.as("mounting a small tmpfs needs root")
			.isTrue();
		try {
			Caller.Answer answer = this.caller.post("/jobs/filling/restore", "{\"directory\": \"disk\"}");
			assertThat(answer.status()).isEqualTo(507);
			assertThat(answer.problem()).isEqualTo("disk-full");
			assertThat(disk).isEmptyDirectory();
		}
		finally {
			assertThat(ran("umount", disk.toString())).isTrue();
		}
	}

	private static boolean ran(String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException noSuchCommand) {
			return false;
		}
	}

	private void stored(String job, int... sizes) {
		for (int number = 1; number <= sizes.length; number++) {
			byte[] clip = new byte[sizes[number - 1]];
			new Random(number).nextBytes(clip);
			String key = job + "/talk_clip_" + number + ".mp4";
			this.s3.putObject((put) -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(clip));
		}
	}

	private void hangUp(String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(this.caller.base()).getPort())) {
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path)
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().readNBytes(10_000)).hasSize(10_000);
		}
	}

	private static void assertUnreachable(Caller.Answer answer, String words) {
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.problem()).isEqualTo("store-unreachable");
		assertThat(answer.detail()).contains(words);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.header("Content-Disposition")).isEmpty();
	}

}
