package io.clipvault.links;

import io.clipvault.kit.StoreUnderTest;

class EmbeddedLinkTests extends LinkContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.with(SETTINGS);
	}

}
