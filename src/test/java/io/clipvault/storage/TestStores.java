package io.clipvault.storage;

import java.time.Duration;

/** Stores for tests that bring their own client. */
public final class TestStores {

	private TestStores() {
	}

	/** A bucket, with the prefix that all keys start with. */
	public static Store of(String bucket, String prefix) {
		StorageSettings settings = new StorageSettings(StorageEngine.S3, bucket, "us-east-1", null, prefix, null,
				StorageSettings.Checksums.AUTO, false, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
		return new Store(settings, new StoreConnection("the test's store", null, "us-east-1", null, null));
	}

}
