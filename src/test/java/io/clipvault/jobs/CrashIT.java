package io.clipvault.jobs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clipvault.embedded.EngineAlone;
import io.clipvault.kit.Fault;
import io.clipvault.kit.FaultProxy;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.ServiceProcess;
import io.clipvault.kit.TestDatabase;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills the packaged service at random points of a job and looks at what becomes of it.
 * Rounds, the seed and the database are system properties; the store is one of its own,
 * or the one that the variables CRASH_ENDPOINT, CRASH_ACCESS_KEY, CRASH_SECRET_KEY and
 * CRASH_BUCKET name.
 */
class CrashIT {

	private static final int ROUNDS = Integer.getInteger("clipvault.crash.rounds", 2);

	private static final long SEED = Long.getLong("clipvault.crash.seed", System.nanoTime());

	private static final boolean ON_POSTGRESQL = Boolean.getBoolean("clipvault.crash.postgresql");

	private static final int SMALL_FILES = 20;

	private static final int PARTS = 21;

	private static final long PART = 5 << 20;

	private static final int PARALLEL = 4;

	private final Random random = new Random(SEED);

	private long sentTwice;

	private long mostSentTwice;

	@Test
	void jobWhenServiceIsKilledAtAnyPointIsCompletedOnceWithExactBytes() throws IOException {
		Path folder = FreshFolders.create("crash");
		try (Store store = Store.open(folder);
				FaultProxy proxy = FaultProxy.before(store.endpoint());
				S3Client s3 = store.client();
				ServiceProcess service = ServiceProcess.packaged(folder, settings(folder, proxy, store),
						Map.of("AWS_ACCESS_KEY_ID", store.accessKey(), "AWS_SECRET_ACCESS_KEY", store.secretKey()))) {
			for (int round = 1; round <= ROUNDS; round++) {
				round(round, folder.resolve("output"), new Service(service, proxy, s3, store.bucket()));
			}
		}
		System.out.printf("Crash: %d kills, 0 losses, %,d bytes sent twice, at most %,d in one round (seed %d).%n",
				ROUNDS, this.sentTwice, this.mostSentTwice, SEED);
		FileSystemUtils.deleteRecursively(folder);
	}

	private void round(int round, Path root, Service at) throws IOException {
		String job = "crash-" + UUID.randomUUID();
		JobFolder folder = folder(root, job);
		at.proxy().failing((request) -> Fault.NONE);
		int point = this.random.nextInt(SMALL_FILES * 2 + PARTS + 4);
		assertThat(at.service().caller().postJob(job).status()).isEqualTo(202);
		await().pollInterval(Duration.ofMillis(1))
			.atMost(Duration.ofMinutes(2))
			.until(() -> at.proxy().met().size() >= point || ended(at, job));
		LockSupport.parkNanos(this.random.nextLong(Duration.ofMillis(40).toNanos()));
		at.service().kill();
		assertMetadataOnlyWithAllClips(at, job);
		at.service().restart();
		await().atMost(Duration.ofMinutes(2)).until(() -> ended(at, job));

		String as = "round %d, killed after %d requests, seed %d".formatted(round, point, SEED);
		JsonNode end = at.service().caller().get("/jobs/" + job).json();
		assertThat(end.path("status").asString()).as("%s: %s", as, end).isEqualTo("completed");
		for (String file : names(folder)) {
			assertThat(at.s3().getObjectAsBytes((get) -> get.bucket(at.bucket()).key(job + "/" + file)).asByteArray())
				.as("%s: %s", as, file)
				.isEqualTo(folder.read(file));
		}
		assertThat(at.service().log().split("Job " + job + ": completed", -1).length - 1).as(as).isLessThanOrEqualTo(1);
		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(
					at.s3().listMultipartUploads((list) -> list.bucket(at.bucket()).prefix(job + "/")).uploads())
				.as(as)
				.isEmpty());
		assertMetadataLast(at, job, as);
		assertSentTwice(at, end.path("bytes_total").asLong(), as);
		at.s3()
			.listObjectsV2((list) -> list.bucket(at.bucket()).prefix(job + "/"))
			.contents()
			.forEach((object) -> at.s3().deleteObject((delete) -> delete.bucket(at.bucket()).key(object.key())));
		FileSystemUtils.deleteRecursively(folder.path());
	}

	private static boolean ended(Service at, String job) {
		return Set.of("completed", "failed", "cancelled")
			.contains(at.service().caller().get("/jobs/" + job).json().path("status").asString());
	}

	private static void assertMetadataOnlyWithAllClips(Service at, String job) {
		List<String> keys = at.s3()
			.listObjectsV2((list) -> list.bucket(at.bucket()).prefix(job + "/"))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
		if (keys.contains(job + "/talk_metadata.json")) {
			assertThat(keys).hasSize(SMALL_FILES + 2);
		}
	}

	private static void assertMetadataLast(Service at, String job, String as) {
		List<String> writes = at.proxy()
			.met()
			.stream()
			.map(FaultProxy.Met::request)
			.filter((request) -> request.matches("(PUT|POST) .*/" + job + "/.*"))
			.toList();
		int first = IntStream.range(0, writes.size())
			.filter((number) -> writes.get(number).contains("talk_metadata.json"))
			.findFirst()
			.orElse(writes.size());
		assertThat(writes.subList(first, writes.size())).as(as)
			.allSatisfy((request) -> assertThat(request).contains("talk_metadata.json"));
	}

	private void assertSentTwice(Service at, long total, String as) {
		long sent = at.proxy()
			.met()
			.stream()
			.filter((met) -> met.request().startsWith("PUT "))
			.mapToLong(FaultProxy.Met::bytes)
			.sum();
		long twice = Math.max(0, sent - total);
		assertThat(twice).as(as).isLessThanOrEqualTo(PARALLEL * PART);
		this.sentTwice += twice;
		this.mostSentTwice = Math.max(this.mostSentTwice, twice);
	}

	private JobFolder folder(Path root, String job) {
		byte[] large = new byte[(int) (PART * (PARTS - 1) + 12_345)];
		this.random.nextBytes(large);
		JobFolder folder = JobFolder.create(root, job, "talk").withMetadata(SMALL_FILES + 1);
		folder.withFile(folder.clip(SMALL_FILES + 1), large);
		for (int number = 1; number <= SMALL_FILES; number++) {
			byte[] small = new byte[50_000 + number];
			this.random.nextBytes(small);
			folder.withFile(folder.clip(number), small);
		}
		return folder;
	}

	private static List<String> names(JobFolder folder) {
		return Stream
			.concat(IntStream.rangeClosed(1, SMALL_FILES + 1).mapToObj(folder::clip), Stream.of("talk_metadata.json"))
			.toList();
	}

	private static Map<String, String> settings(Path folder, FaultProxy proxy, Store store) {
		TestDatabase database = ON_POSTGRESQL ? TestDatabase.POSTGRESQL : TestDatabase.SQLITE;
		return Map.ofEntries(Map.entry("spring.datasource.url", database.url()),
				Map.entry("clipvault.jobs.root", folder.resolve("output").toString()),
				Map.entry("clipvault.storage.engine", "s3"),
				Map.entry("clipvault.storage.endpoint", proxy.endpoint().toString()),
				Map.entry("clipvault.storage.bucket", store.bucket()),
				Map.entry("clipvault.upload.part-size", PART + "B"),
				Map.entry("clipvault.upload.multipart-threshold", PART + "B"),
				Map.entry("clipvault.upload.parallel", Integer.toString(PARALLEL)),
				// Takes a dead run up again after four seconds instead of twenty.
				Map.entry("db-scheduler.heartbeat-interval", "1s"),
				Map.entry("db-scheduler.polling-interval", "500ms"));
	}

	/** The service, the way to its store, and the store as the test sees it. */
	private record Service(ServiceProcess service, FaultProxy proxy, S3Client s3, String bucket) {
	}

	/** A store in another process than the service and the test. */
	private record Store(URI endpoint, String accessKey, String secretKey, String bucket,
			Runnable end) implements AutoCloseable {

		static Store open(Path folder) {
			Map<String, String> named = System.getenv();
			if (named.containsKey("CRASH_ENDPOINT")) {
				return new Store(URI.create(named.get("CRASH_ENDPOINT")), named("CRASH_ACCESS_KEY"),
						named("CRASH_SECRET_KEY"), named("CRASH_BUCKET"), () -> {
						});
			}
			ServiceProcess.Beside engine = ServiceProcess.beside(EngineAlone.class, folder.resolve("store").toString(),
					"crash");
			String[] words = engine.line().split(" ", 3);
			return new Store(URI.create(words[0]), words[1], words[2], "crash", engine::close);
		}

		private static String named(String variable) {
			return Objects.requireNonNull(System.getenv(variable), variable);
		}

		S3Client client() {
			return S3Client.builder()
				.endpointOverride(this.endpoint)
				.region(Region.US_EAST_1)
				.forcePathStyle(true)
				.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
				.credentialsProvider(
						StaticCredentialsProvider.create(AwsBasicCredentials.create(this.accessKey, this.secretKey)))
				.build();
		}

		@Override
		public void close() {
			this.end.run();
		}

	}

}
