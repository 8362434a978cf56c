package io.clipvault.gallery;

import java.time.Duration;

import io.clipvault.gallery.JobClips.Entry;
import io.clipvault.links.Links;
import io.clipvault.storage.Store;

import org.springframework.stereotype.Component;

/** Links that play clips, and how long they really work. */
@Component
class ClipLinks {

	private final Links links;

	private final Store store;

	private final GallerySettings settings;

	ClipLinks(Links links, Store store, GallerySettings settings) {
		this.links = links;
		this.store = store;
		this.settings = settings;
	}

	/** How long a link that is signed now works: it dies with temporary credentials. */
	Duration lifetime() {
		return this.links.within(this.settings.linkLifetime());
	}

	String to(Entry entry, Duration lifetime) {
		return this.links.toRead(entry.key().under(this.store.prefix()), lifetime);
	}

}
