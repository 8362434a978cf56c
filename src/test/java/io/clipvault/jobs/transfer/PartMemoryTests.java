package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.StoreUnderTest;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of files are streamed, not held. Counts what the thread allocates in all: that is
 * more than it ever holds, and the same on every run.
 */
class PartMemoryTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final long SIZE = 300 << 20;

	private static final long BOUND = SIZE / 8;

	@Test
	void sendPartWhenAFileIsLargeAllocatesAFractionOfIt() throws IOException {
		Path folder = FreshFolders.create("sparse");
		Path file = folder.resolve("talk_clip_1.mp4");
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
			Artifact artifact = new Artifact(new ArtifactName("talk_clip_1.mp4"), new RootedFile(folder, file),
					"talk/talk_clip_1.mp4", SIZE);
			long before = THREADS.getCurrentThreadAllocatedBytes();
			ContentDigest digest = service.bean(ArtifactHashes.class).toSend(artifact, SIZE);
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

}
