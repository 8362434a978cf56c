package io.clipvault.uploads;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same tests against the store that -Dclipvault.test.endpoint names. */
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is named in -Dclipvault.test.endpoint")
class EndpointDirectUploadTests extends DirectUploadContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.named(SETTINGS);
	}

}
