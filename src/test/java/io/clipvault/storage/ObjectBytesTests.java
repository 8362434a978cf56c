package io.clipvault.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ObjectBytesTests {

	private static final StoreConnection STORE = new StoreConnection("the S3-compatible store",
			URI.create("http://127.0.0.1:9"), "eu-west-1", null, null);

	private final AtomicInteger aborted = new AtomicInteger();

	@Test
	void writeToWhenAllArrivesWritesItAndKeepsTheConnection() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ObjectBytes bytes = of(new ByteArrayInputStream(new byte[100_000]))) {
			bytes.writeTo(out);
		}
		assertThat(out.size()).isEqualTo(100_000);
		assertThat(this.aborted).hasValue(0);
	}

	@Test
	void writeToWhenTheStoreBreaksOffIsAStoreFailureAndAborts() {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> {
			try (ObjectBytes bytes = of(failing(new IOException("Premature end.")))) {
				bytes.writeTo(OutputStream.nullOutputStream());
			}
		}).satisfies((failure) -> {
			assertThat(failure.type()).isEqualTo(ProblemType.STORE_UNREACHABLE);
			assertThat(failure.detail()).isEqualTo(
					"The S3-compatible store at http://127.0.0.1:9 broke off in the middle of an object (Premature end): check its load and the network, then try again.");
		});
		assertThat(this.aborted).hasValue(1);
	}

	@Test
	void writeToWhenTheChecksumDiffersIsAStoreFailure() {
		ObjectBytes bytes = of(failing(SdkClientException.create("Data read has a different checksum")));
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> bytes.writeTo(OutputStream.nullOutputStream()));
	}

	@Test
	void writeToWhenTheOutputFailsThrowsItsExceptionAndStopsReading() throws IOException {
		AtomicInteger reads = new AtomicInteger();
		try (ObjectBytes bytes = of(reading(reads::incrementAndGet))) {
			assertThatIOException().isThrownBy(() -> bytes.writeTo(new OutputStream() {

				@Override
				public void write(int one) throws IOException {
					throw new IOException("No space left on device");
				}

			})).withMessage("No space left on device");
		}
		assertThat(this.aborted).hasValue(1);
		assertThat(reads).hasValue(1);
	}

	private static InputStream failing(Exception failure) {
		return reading(() -> {
			throw failure;
		});
	}

	private static InputStream reading(Callable<Integer> read) {
		return new InputStream() {

			@Override
			public int read() {
				throw new UnsupportedOperationException("One byte at a time");
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				try {
					return read.call();
				}
				catch (IOException | RuntimeException failure) {
					throw failure;
				}
				catch (Exception failure) {
					throw new IllegalStateException(failure);
				}
			}

		};
	}

	private ObjectBytes of(InputStream bytes) {
		return new ObjectBytes(new ResponseInputStream<>(GetObjectResponse.builder().build(),
				AbortableInputStream.create(bytes, this.aborted::incrementAndGet)), STORE);
	}

}
