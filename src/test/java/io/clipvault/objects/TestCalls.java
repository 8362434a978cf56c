package io.clipvault.objects;

import io.clipvault.storage.Store;

/** Calls to stores for tests that have their own client. */
public final class TestCalls {

	private TestCalls() {
	}

	public static StoreCalls of(Store store) {
		return new StoreCalls(store);
	}

}
