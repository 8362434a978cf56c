package io.clipvault.jobs.transfer;

import java.util.Map;
import java.util.Random;

import io.clipvault.ClipvaultApplication;
import io.clipvault.embedded.EngineAlone;
import io.clipvault.kit.Fault;
import io.clipvault.kit.FaultProxy;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedSchedule;
import io.clipvault.kit.SteppedService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads through a proxy that disturbs the requests to the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadFaultsIntegrationTests {

	private static final String BUCKET = "faults";

	/** Any request that writes an object or a part of one. */
	private static final String WRITE = "^(PUT|POST) ";

	private final EngineAlone engine = EngineAlone.start(FreshFolders.create("engine"), BUCKET);

	private final S3Client s3 = this.engine.client();

	private final FaultProxy proxy = FaultProxy.before(this.engine.endpoint());

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext service;

	@SuppressWarnings("NullAway.Init")
	private SteppedService stepped;

	@BeforeAll
	void start() {
		this.service = new SpringApplicationBuilder(ClipvaultApplication.class, SteppedSchedule.class)
			.initializers(new FreshFolders(Map.ofEntries(Map.entry("clipvault.storage.engine", "s3"),
					Map.entry("clipvault.storage.endpoint", this.proxy.endpoint().toString()),
					Map.entry("clipvault.storage.bucket", BUCKET),
					Map.entry("AWS_ACCESS_KEY_ID", this.engine.accessKey()),
					Map.entry("AWS_SECRET_ACCESS_KEY", this.engine.secretKey()),
					Map.entry("clipvault.storage.max-attempts", "3"), Map.entry("clipvault.storage.read-timeout", "2s"),
					Map.entry("clipvault.jobs.max-failures", "2"), Map.entry("clipvault.jobs.retry-delay", "100ms"),
					Map.entry("clipvault.upload.multipart-threshold", "5MB"),
					Map.entry("clipvault.upload.part-size", "5MB"))))
			.run();
		this.stepped = this.service.getBean(SteppedService.class);
	}

	@AfterAll
	void stop() {
		this.proxy.failing((request) -> Fault.NONE);
		this.service.close();
		this.proxy.close();
		this.s3.close();
		this.engine.close();
	}

	@BeforeEach
	void calm() {
		this.proxy.failing((request) -> Fault.NONE);
	}

	@ParameterizedTest
	@EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = { "NONE", "CORRUPT_BODY" })
	void jobWhenSomeWritesFailOnceEndsCompletedWithExactBytes(Fault fault) {
		String name = "once-" + fault;
		JobFolder folder = folder(name, 1);
		this.proxy.failing(WRITE, fault, Fault.NONE, fault);
		JsonNode end = upload(name);
		assertThat(end.path("status").asString()).as(end.toString()).isEqualTo("completed");
		assertThat(this.proxy.met()).filteredOn((met) -> met.fault() == fault).hasSize(2);
		assertExact(name, folder);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOST_ANSWER", "TRUNCATED_ANSWER", "INTERNAL_ERROR", "RESET" })
	void jobWhenTheAnswerToTheEndOfAMultipartUploadIsLostEndsCompletedWithExactBytes(Fault fault) {
		String name = "end-" + fault;
		JobFolder folder = folder(name, 2);
		this.proxy.failing("^POST .*uploadId=", fault);
		JsonNode end = upload(name);
		assertThat(end.path("status").asString()).as(end.toString()).isEqualTo("completed");
		assertThat(this.proxy.met()).filteredOn((met) -> met.fault() == fault).hasSize(1);
		assertExact(name, folder);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SLOW_DOWN      | answered 503 SlowDown
			INTERNAL_ERROR | answered 500 InternalError
			RESET          | could not be reached
			HANG           | could not be reached
			CORRUPT_BODY   | are not the ones that were sent
			""")
	void jobWhenEveryWriteFailsEndsFailedWithTheCauseAndContinuesWhenPostedAgain(Fault fault, String words) {
		String name = "always-" + fault;
		JobFolder folder = folder(name, 3);
		this.proxy.failing((request) -> request.matches(WRITE + ".*") ? fault : Fault.NONE);
		JsonNode end = upload(name);
		assertThat(end.path("status").asString()).isEqualTo("failed");
		assertThat(end.path("error").asString()).contains(words);
		this.proxy.failing((request) -> Fault.NONE);
		assertThat(this.s3.listObjectsV2((list) -> list.bucket(BUCKET).prefix(name + "/")).contents()).isEmpty();
		assertThat(upload(name).path("status").asString()).isEqualTo("completed");
		assertExact(name, folder);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void jobWhenRequestsFailAtRandomEndsCompletedWithExactBytesOrFailedInWords(long seed) {
		String name = "random-" + seed;
		JobFolder folder = folder(name, 300 + seed);
		this.proxy.failingAtRandom(seed, 0.25, Fault.RESET, Fault.RESET_IN_BODY, Fault.LOST_ANSWER, Fault.SLOW,
				Fault.SLOW_DOWN, Fault.INTERNAL_ERROR, Fault.TRUNCATED_ANSWER, Fault.CORRUPT_BODY);
		JsonNode end = upload(name);
		assertThat(end.path("status").asString()).isIn("completed", "failed");
		if (end.path("status").asString().equals("failed")) {
			assertThat(end.path("error").asString()).isNotBlank();
			this.proxy.failing((request) -> Fault.NONE);
			assertThat(upload(name).path("status").asString()).isEqualTo("completed");
		}
		assertExact(name, folder);
	}

	@Test
	void proxyWhenItCorruptsABodyIsDetectedByTheStore() {
		// Shows that the tests above can find a corrupt object.
		JobFolder folder = folder("corrupt", 400);
		this.proxy.failing(WRITE, Fault.CORRUPT_BODY);
		upload("corrupt");
		assertThat(this.proxy.met()).filteredOn((met) -> met.fault() == Fault.CORRUPT_BODY).hasSize(1);
		this.proxy.failing((request) -> Fault.NONE);
		upload("corrupt");
		assertExact("corrupt", folder);
	}

	private JobFolder folder(String name, long seed) {
		byte[] large = new byte[16 << 20];
		new Random(seed).nextBytes(large);
		return JobFolder.create(this.stepped.root(), name, "talk").withClips(2).withFile("talk_clip_3.mp4", large);
	}

	/** Posts the job and runs it as often as it is tried. */
	private JsonNode upload(String name) {
		assertThat(this.stepped.caller().postJob(name).status()).isEqualTo(202);
		return this.stepped.runUntilEnded(name);
	}

	private void assertExact(String name, JobFolder folder) {
		for (String file : new String[] { "talk_clip_1.mp4", "talk_clip_2.mp4", "talk_clip_3.mp4",
				"talk_metadata.json" }) {
			assertThat(this.s3.getObjectAsBytes((get) -> get.bucket(BUCKET).key(name + "/" + file)).asByteArray())
				.as(file)
				.isEqualTo(folder.read(file));
		}
		// Polls, because cleaning up has threads of its own.
		await().untilAsserted(() -> assertThat(this.s3.listMultipartUploads((list) -> list.bucket(BUCKET)).uploads())
			.filteredOn((upload) -> upload.key().startsWith(name + "/"))
			.isEmpty());
	}

}
