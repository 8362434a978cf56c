package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.DigestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class HashingTests {

	/** About a second of hashing for all of them, on sparse files. */
	private static final long LARGE = 128 << 20;

	@TempDir
	private Path folder;

	private final Hashing hashing = new Hashing();

	private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();

	@AfterEach
	void close() {
		this.virtual.close();
		this.hashing.destroy();
	}

	@Test
	void digestHasOneHashForEachPart() throws IOException {
		byte[] bytes = new byte[2 * Hashing.SLICE + 1];
		new Random(7).nextBytes(bytes);
		RootedFile file = rooted(Files.write(this.folder.resolve("file"), bytes));

		ContentDigest whole = this.hashing.digest(file, ContentDigest.WHOLE);
		ContentDigest parts = this.hashing.digest(file, Hashing.SLICE + 3);

		assertThat(whole.parts()).hasSize(1);
		assertThat(parts.parts()).hasSize(2);
		assertThat(parts.length(2)).isEqualTo(Hashing.SLICE - 2);
		assertThat(this.hashing.md5(file)).isEqualTo(DigestUtils.md5Digest(bytes));
	}

	@Test
	void digestWhenTheFileIsEmptyIsTheDigestOfNothing() throws IOException {
		RootedFile file = rooted(Files.createFile(this.folder.resolve("empty")));
		assertThat(this.hashing.digest(file, ContentDigest.WHOLE).text())
			.isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	}

	@Test
	void digestWhenTheFileIsMissingFails() {
		assertThatExceptionOfType(FileState.Unusable.class)
			.isThrownBy(() -> this.hashing.digest(rooted(this.folder.resolve("missing")), ContentDigest.WHOLE));
	}

	@Test
	void digestWhenLargeFilesAreHashedLeavesVirtualThreadsAndSmallFilesTheirTurn() throws IOException {
		List<CompletableFuture<ContentDigest>> large = new ArrayList<>();
		for (int number = 0; number < 2 * Runtime.getRuntime().availableProcessors(); number++) {
			Path file = sparse("large-" + number);
			large.add(CompletableFuture.supplyAsync(() -> digest(file), this.virtual));
		}
		Path small = Files.writeString(this.folder.resolve("small"), "small");

		CompletableFuture.supplyAsync(() -> digest(small), this.virtual).join();

		assertThat(large).noneMatch(CompletableFuture::isDone);
		large.forEach(CompletableFuture::join);
	}

	private RootedFile rooted(Path file) {
		return new RootedFile(this.folder, file);
	}

	@Test
	void digestWhileAFileSystemHangsOnEveryThreadGoesOn() throws IOException {
		CountDownLatch back = new CountDownLatch(1);
		Hashing impatient = new Hashing(Duration.ofMillis(100));
		for (int thread = 0; thread < Runtime.getRuntime().availableProcessors(); thread++) {
			assertThatIOException().isThrownBy(() -> impatient.await(() -> hang(back)));
		}
		RootedFile small = rooted(Files.writeString(this.folder.resolve("small"), "small"));
		assertThat(impatient.digest(small, ContentDigest.WHOLE).size()).isEqualTo(5);
		back.countDown();
		impatient.destroy();
	}

	private static void hang(CountDownLatch back) {
		try {
			back.await();
		}
		catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
		}
	}

	private Path sparse(String name) throws IOException {
		Path path = this.folder.resolve(name);
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			file.setLength(LARGE);
		}
		return path;
	}

	private ContentDigest digest(Path file) {
		try {
			return this.hashing.digest(rooted(file), ContentDigest.WHOLE);
		}
		catch (IOException failure) {
			throw new IllegalStateException(failure);
		}
	}

}
