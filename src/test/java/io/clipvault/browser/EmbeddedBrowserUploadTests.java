package io.clipvault.browser;

import java.util.Map;

import io.clipvault.kit.StoreUnderTest;

@RequiresBrowser
class EmbeddedBrowserUploadTests extends BrowserUploadContractTests {

	@Override
	StoreUnderTest start(Map<String, String> settings) {
		return StoreUnderTest.with(settings);
	}

}
