package io.clipvault.uploads;

import io.clipvault.kit.StoreUnderTest;

class EmbeddedDirectUploadTests extends DirectUploadContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.with(SETTINGS);
	}

}
