package io.clipvault.gallery;

import java.time.Duration;

import io.clipvault.gallery.catalog.CatalogSettings;
import io.clipvault.gallery.catalog.ClipEntry;
import io.clipvault.links.Links;
import io.clipvault.problems.StartRefused;
import io.clipvault.storage.Store;

import org.springframework.stereotype.Component;

/** Signs the links that play clips. */
@Component
class ClipLinks {

	private final Links links;

	private final Store store;

	private final GallerySettings settings;

	ClipLinks(Links links, Store store, GallerySettings settings, CatalogSettings catalog) {
		if (settings.linkLifetime().compareTo(catalog.fresh()) <= 0) {
			throw new StartRefused(
					"clipvault.gallery.link-lifetime (%s) is not longer than clipvault.gallery.fresh (%s)."
						.formatted(settings.linkLifetime(), catalog.fresh()),
					"Set clipvault.gallery.link-lifetime to more than clipvault.gallery.fresh.");
		}
		this.links = links;
		this.store = store;
		this.settings = settings;
	}

	/**
	 * How long a link works that is signed now; temporary credentials may end earlier.
	 */
	Duration lifetime() {
		return this.links.within(this.settings.linkLifetime());
	}

	String to(ClipEntry entry, Duration lifetime) {
		return this.links.toRead(entry.key().under(this.store.prefix()), lifetime);
	}

}
