package io.clipvault.storage;

import io.clipvault.kit.StoreUnderTest;

class EmbeddedStoreTests extends StoreContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.embedded();
	}

}
