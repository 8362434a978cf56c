package io.clipvault.abilities;

import io.clipvault.kit.StoreUnderTest;

class EmbeddedAbilitiesTests extends AbilitiesContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.embedded();
	}

}
