package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.clipvault.jobs.artifacts.ArtifactStore;
import io.clipvault.jobs.artifacts.ArtifactZip;
import io.clipvault.jobs.artifacts.StoredArtifact;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.StoreUnderTest;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import io.clipvault.storage.TestStores;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of files pass through and are not held. What a thread allocates in all is more
 * than what it ever holds, and the same on every run.
 */
class StreamingMemoryTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final long SIZE = 300 << 20;

	private static final long BOUND = SIZE / 8;

	@Test
	void zipWhenAnObjectIsLargeAllocatesAFractionOfIt() throws IOException {
		Store store = TestStores.of("clips", "");
		ArtifactStore artifacts = Mockito.mock(ArtifactStore.class);
		StoredArtifact large = new StoredArtifact("talk_clip_1.mp4", "talk/talk_clip_1.mp4", SIZE, Instant.EPOCH, "");
		Mockito.when(artifacts.open(large))
			.thenReturn(store.bytes(new ResponseInputStream<>(GetObjectResponse.builder().build(),
					AbortableInputStream.create(new Zeros()))));
		Sink sink = new Sink();
		long before = THREADS.getCurrentThreadAllocatedBytes();
		new ArtifactZip(artifacts).write(List.of(large), sink);
		assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(BOUND);
		assertThat(sink.written).isGreaterThan(SIZE);
	}

	@Test
	void partsWhenAFileIsLargeAllocateAFractionOfIt() throws IOException {
		Path file = FreshFolders.create("sparse").resolve("talk_clip_1.mp4");
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(SIZE);
		}
		AtomicLong arrived = new AtomicLong();
		HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		store.createContext("/", (exchange) -> {
			arrived.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
			exchange.getResponseHeaders().add("ETag", "\"tag\"");
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		store.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		store.start();
		try (StoreUnderTest service = StoreUnderTest.at("http://127.0.0.1:" + store.getAddress().getPort(), "key",
				"secret")) {
			JobObjects objects = service.bean(JobObjects.class);
			Artifact artifact = new Artifact(new ArtifactName("talk_clip_1.mp4"), file, "talk/talk_clip_1.mp4", SIZE);
			long before = THREADS.getCurrentThreadAllocatedBytes();
			ContentDigest digest = ContentDigest.of(file, service.bean(UploadSettings.class).partSizeFor(SIZE));
			for (int number = 1; number <= digest.parts().size(); number++) {
				objects.sendPart(new Sending(new Claim(new JobId("talk"), 1), artifact, digest), "upload", number);
			}
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(BOUND);
		}
		finally {
			store.stop(0);
		}
		assertThat(arrived).hasValueGreaterThanOrEqualTo(SIZE);
	}

	/** An object of nothing but zeros. */
	private static final class Zeros extends InputStream {

		private long left = SIZE;

		@Override
		public int read() {
			throw new UnsupportedOperationException("One byte at a time");
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			int count = (int) Math.min(length, this.left);
			this.left -= count;
			return (count == 0) ? -1 : count;
		}

	}

	/** Counts, and keeps nothing. */
	private static final class Sink extends OutputStream {

		private long written;

		@Override
		public void write(int one) {
			this.written++;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.written += length;
		}

	}

}
