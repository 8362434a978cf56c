package io.clipvault.abilities;

import java.util.Map;
import java.util.UUID;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same against the store that -Dclipvault.test.endpoint names. */
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is named in -Dclipvault.test.endpoint")
class EndpointAbilitiesTests extends AbilitiesContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.named(Map.of("clipvault.storage.bucket", "clipvault-abilities-" + UUID.randomUUID()));
	}

}
