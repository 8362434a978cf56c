package io.clipvault.gallery;

import java.util.List;

import io.clipvault.jobs.JobPublished;
import io.clipvault.links.Links;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Cuts answers from the catalog and gives every clip its link. */
@Component
class Gallery {

	private final CatalogReader reader;

	private final Links links;

	private final GallerySettings settings;

	Gallery(CatalogReader reader, Links links, GallerySettings settings) {
		this.reader = reader;
		this.links = links;
		this.settings = settings;
	}

	List<Clip> newest(int limit, boolean refresh) {
		Catalog catalog = refresh ? this.reader.fresh() : this.reader.cached();
		return catalog.entries().stream().limit(limit).map(this::clip).toList();
	}

	/** Shows a job that was just published in the very next answer. */
	@EventListener(JobPublished.class)
	@CacheEvict(cacheNames = GalleryCache.CATALOG, key = "'all'")
	void forget() {
		// The annotation does it.
	}

	private Clip clip(Catalog.Entry entry) {
		ClipMetadata clip = entry.clip();
		return new Clip(entry.job(), entry.index(), this.links.toRead(entry.key(), this.settings.linkLifetime()),
				clip.title(), clip.tiktokDescription(), clip.instagramDescription(), entry.createdAt(),
				clip.duration());
	}

}
