package io.clipvault.storage;

import java.time.Duration;

import org.mockito.Mockito;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Stores for tests that have their own client. */
public final class TestStores {

	private TestStores() {
	}

	/** A store with this key prefix for tests that make no calls. */
	public static Store of(String bucket, String prefix) {
		return of(Mockito.mock(S3Client.class), bucket, prefix);
	}

	/** A store with this client and key prefix. */
	public static Store of(S3Client s3, String bucket, String prefix) {
		S3ClientBuilder builder = Mockito.mock(S3ClientBuilder.class);
		Mockito.when(builder.build()).thenReturn(s3);
		return new Store(s3, new Downloads(builder), settings(bucket, prefix),
				new StoreConnection("the test's store", null, "us-east-1", null, null));
	}

	static StorageSettings settings(String bucket, String prefix) {
		return new StorageSettings(StorageEngine.S3, bucket, "us-east-1", null, prefix, null,
				StorageSettings.Checksums.AUTO, false, 1, Duration.ofSeconds(1), Duration.ofSeconds(1),
				Duration.ofSeconds(1));
	}

}
