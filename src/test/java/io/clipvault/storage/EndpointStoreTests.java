package io.clipvault.storage;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract against any store, given by -Dclipvault.test.endpoint, -access-key and
 * -secret-key.
 */
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is named in -Dclipvault.test.endpoint")
class EndpointStoreTests extends StoreContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.at(System.getProperty("clipvault.test.endpoint"),
				System.getProperty("clipvault.test.access-key"), System.getProperty("clipvault.test.secret-key"));
	}

}
