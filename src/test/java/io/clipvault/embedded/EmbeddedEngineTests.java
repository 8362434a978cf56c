package io.clipvault.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.UUID;

import io.clipvault.kit.FreshFolders;
import io.clipvault.problems.StartRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class EmbeddedEngineTests {

	private static final String BUCKET = "clips";

	private final Path folder = FreshFolders.create("engine");

	private EmbeddedEngine engine;

	@BeforeEach
	void start() {
		this.engine = engine(this.folder, 0);
	}

	@AfterEach
	void stop() throws Exception {
		this.engine.destroy();
	}

	private static EmbeddedEngine engine(Path folder, int port) {
		return new EmbeddedEngine(new EmbeddedSettings(folder, port), BUCKET, List.of("https://clips.example.org"));
	}

	private S3Client client(String secretKey) {
		return S3Client.builder()
			.endpointOverride(this.engine.endpoint())
			.forcePathStyle(true)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(this.engine.keys().accessKey(), secretKey)))
			.build();
	}

	private List<String> keys() {
		try (S3Client s3 = client(this.engine.keys().secretKey())) {
			return s3.listObjectsV2((list) -> list.bucket(BUCKET)).contents().stream().map(S3Object::key).toList();
		}
	}

	@Test
	void startListensOnlyOnLoopback() throws IOException {
		InetAddress other = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress() && address instanceof Inet4Address)
			.findFirst()
			.orElse(InetAddress.ofLiteral("127.0.0.2"));
		assertThatIOException().isThrownBy(() -> new Socket(other, this.engine.endpoint().getPort()).close());
		new Socket(InetAddress.ofLiteral("127.0.0.1"), this.engine.endpoint().getPort()).close();
	}

	@Test
	void keysDoNotPrintTheirSecret() {
		assertThat(this.engine.keys().toString()).doesNotContain(this.engine.keys().secretKey());
	}

	@Test
	void listWhenAKeyIsNotValidInXmlStillPages() throws Exception {
		try (S3Client s3 = client(this.engine.keys().secretKey())) {
			for (String key : List.of("a", "b\u0001", "c", "d")) {
				s3.putObject((put) -> put.bucket(BUCKET).key(key), RequestBody.fromString("x"));
			}
			assertThat(
					s3.listObjectsV2Paginator((list) -> list.bucket(BUCKET).encodingType(EncodingType.URL).maxKeys(2))
						.contents())
				.extracting(S3Object::key)
				.containsExactly("a", "b\u0001", "c", "d");
		}
	}

	@Test
	void listWhenPrefixDelimiterAndStartAfterAreGivenAppliesAll() throws Exception {
		try (S3Client s3 = client(this.engine.keys().secretKey())) {
			for (String key : List.of("a/1", "a/b/1", "a/b/2", "a/b-1", "a/c/1", "a/d", "b/1")) {
				s3.putObject((put) -> put.bucket(BUCKET).key(key), RequestBody.fromString("x"));
			}
			ListObjectsV2Response first = s3
				.listObjectsV2((list) -> list.bucket(BUCKET).prefix("a/").delimiter("/").startAfter("a/1").maxKeys(2));
			assertThat(first.contents()).extracting(S3Object::key).containsExactly("a/b-1");
			assertThat(first.commonPrefixes()).extracting("prefix").containsExactly("a/b/");
			ListObjectsV2Response rest = s3.listObjectsV2((list) -> list.bucket(BUCKET)
				.prefix("a/")
				.delimiter("/")
				.continuationToken(first.nextContinuationToken()));
			assertThat(rest.contents()).extracting(S3Object::key).containsExactly("a/d");
			assertThat(rest.commonPrefixes()).extracting("prefix").containsExactly("a/c/");
		}
	}

	@Test
	void startWhenFolderIsKnownKeepsKeysAndObjects() throws Exception {
		EngineKeys keys = this.engine.keys();
		try (S3Client s3 = client(keys.secretKey())) {
			s3.putObject((put) -> put.bucket(BUCKET).key("job/clip.mp4"), RequestBody.fromString("bytes"));
		}
		this.engine.destroy();
		this.engine = engine(this.folder, 0);

		assertThat(this.engine.keys()).isEqualTo(keys);
		assertThat(keys()).containsExactly("job/clip.mp4");
	}

	@Test
	void startGivesEachFolderItsOwnKeysThatOnlyTheOwnerReads() throws Exception {
		EngineKeys other = EngineKeys.of(FreshFolders.create("other"));

		assertThat(other).isNotEqualTo(this.engine.keys());
		assertThat(other.secretKey()).hasSize(40).isNotEqualTo(this.engine.keys().secretKey());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve("keys"))))
			.isEqualTo("rw-------");
	}

	@Test
	void callWhenSecretIsWrongIsRefused() {
		try (S3Client stranger = client("wrong")) {
			assertThatExceptionOfType(S3Exception.class)
				.isThrownBy(() -> stranger.listObjectsV2((list) -> list.bucket(BUCKET)))
				.satisfies((refusal) -> assertThat(refusal.statusCode()).isEqualTo(403));
		}
	}

	@Test
	void startDeletesUnfinishedFilesAndKeepsTheRest() throws Exception {
		try (S3Client s3 = client(this.engine.keys().secretKey())) {
			s3.putObject((put) -> put.bucket(BUCKET).key("job/done.mp4"), RequestBody.fromString("bytes"));
		}
		Path half = this.folder.resolve("buckets")
			.resolve(BUCKET)
			.resolve("job")
			.resolve("half.mp4-" + UUID.randomUUID());
		Files.writeString(half, "half of the by");

		assertThat(keys()).containsExactly("job/done.mp4");
		this.engine.destroy();
		this.engine = engine(this.folder, 0);
		assertThat(half).doesNotExist();
		assertThat(keys()).containsExactly("job/done.mp4");
	}

	@Test
	void startWhenFolderIsInUseIsRefused() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> engine(this.folder, 0))
			.withMessageContaining("in use by another Clipvault");
	}

	@Test
	void startWhenPortIsTakenIsRefused() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(StartRefused.class)
				.isThrownBy(() -> engine(FreshFolders.create("engine"), taken.getLocalPort()))
				.withMessageContaining("port %d on 127.0.0.1 is taken", taken.getLocalPort());
		}
	}

	@Test
	void startWhenPortWasTakenLeavesTheFolderFree() throws Exception {
		Path fresh = FreshFolders.create("engine");
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> engine(fresh, taken.getLocalPort()));
		}
		engine(fresh, 0).destroy();
	}

	@Test
	void startWhenFolderCannotBeMadeIsRefused() throws IOException {
		Path file = Files.createFile(this.folder.resolve("a-file"));

		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> engine(file.resolve("data"), 0))
			.withMessageContaining("cannot be used");
	}

	@Test
	void listWhenAForeignFileIsInTheBucketDoesNotShowIt() throws IOException {
		Path stranger = this.folder.resolve("buckets").resolve(BUCKET).resolve("stranger.mp4");
		Files.writeString(stranger, "bytes");
		assertThat(keys()).isEmpty();

		Files.getFileAttributeView(stranger, UserDefinedFileAttributeView.class)
			.write(OrderedBlobStore.FINISHED, ByteBuffer.wrap(new byte[16]));
		assertThat(keys()).containsExactly("stranger.mp4");
	}

}
