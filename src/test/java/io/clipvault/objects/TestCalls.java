package io.clipvault.objects;

import io.clipvault.storage.Store;
import software.amazon.awssdk.services.s3.S3Client;

/** Calls to stores for tests that have their own client. */
public final class TestCalls {

	private TestCalls() {
	}

	public static StoreCalls of(Store store) {
		return new StoreCalls(store);
	}

	public static VersionPages versions(S3Client s3, Store store) {
		return new VersionPages(s3, of(store));
	}

}
