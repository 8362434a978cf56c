package io.clipvault.browser;

import java.util.Map;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract against the store that -Dclipvault.test.endpoint names. */
@RequiresBrowser
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is named in -Dclipvault.test.endpoint")
class EndpointBrowserUploadTests extends BrowserUploadContractTests {

	@Override
	StoreUnderTest start(Map<String, String> settings) {
		return StoreUnderTest.named(settings);
	}

}
