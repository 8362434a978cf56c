package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.clipvault.storage.ObjectBytes;
import io.clipvault.storage.TestStores;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes of files are streamed, not held. Counts what the thread allocates in all: that is
 * more than it ever holds, and the same on every run.
 */
class ZipMemoryTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final long SIZE = 300 << 20;

	private static final long BOUND = SIZE / 8;

	@Test
	void writeWhenAnObjectIsLargeAllocatesAFractionOfIt() throws IOException {
		GetObjectRequest get = GetObjectRequest.builder().build();
		S3Client s3 = Mockito.mock(S3Client.class);
		Mockito.when(s3.getObject(get))
			.thenReturn(new ResponseInputStream<>(GetObjectResponse.builder().build(),
					AbortableInputStream.create(new Zeros())));
		ObjectBytes object = TestStores.of(s3, "clips", "").open(get);
		ArtifactStore artifacts = Mockito.mock(ArtifactStore.class);
		StoredArtifact large = new StoredArtifact("talk_clip_1.mp4", "talk/talk_clip_1.mp4", SIZE, Instant.EPOCH, "");
		Mockito.when(artifacts.open(large)).thenReturn(object);
		Sink sink = new Sink();
		long before = THREADS.getCurrentThreadAllocatedBytes();
		new ArtifactZip(artifacts).write(List.of(large), sink);
		assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(BOUND);
		assertThat(sink.written).isGreaterThan(SIZE);
	}

	/** An object of zeros. */
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

	/** Counts the bytes and discards them. */
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
