package io.clipvault.gallery.catalog;

import io.clipvault.kit.StoreUnderTest;

/** The gallery on the embedded engine. */
class EmbeddedGalleryTests extends GalleryContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.with(SETTINGS);
	}

}
