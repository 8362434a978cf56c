package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.clipvault.gallery.JobClips.Entry;
import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Pages cut from a catalog, signed and written once and then served from memory. */
@Component
class Pages {

	static final String CACHE = "gallery-pages";

	private static final long LARGEST_CACHE = 64 << 20;

	private final Cache cache;

	private final ClipLinks links;

	private final JsonMapper json;

	private final GallerySettings settings;

	Pages(CacheManager caches, ClipLinks links, JsonMapper json, GallerySettings settings) {
		this.cache = Objects.requireNonNull(caches.getCache(CACHE));
		this.links = links;
		this.json = json;
		this.settings = settings;
	}

	Page page(Catalog catalog, View view) {
		try {
			return Objects.requireNonNull(this.cache.get(new Key(catalog.edition(), view), () -> made(catalog, view)));
		}
		catch (Cache.ValueRetrievalException failed) {
			if (failed.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw failed;
		}
	}

	private Page made(Catalog catalog, View view) {
		// Asked before the signing, which takes a moment.
		Duration lifetime = this.links.lifetime();
		return switch (view) {
			case View.Newest newest -> newest(catalog, newest, lifetime);
			case View.Dashboard dashboard -> dashboard(catalog, dashboard, lifetime);
		};
	}

	private Page newest(Catalog catalog, View.Newest view, Duration lifetime) {
		List<Entry> found = catalog.after(view.after(), view.job())
			.filter((entry) -> entry.speaksOf(view.words()))
			.limit(view.limit() + 1L)
			.toList();
		boolean more = found.size() > view.limit();
		List<Entry> shown = more ? found.subList(0, view.limit()) : found;
		return page(clips(shown, lifetime), more ? view.next(shown.getLast().position()) : null, lifetime);
	}

	private Page dashboard(Catalog catalog, View.Dashboard view, Duration lifetime) {
		List<Entry> all = catalog.entries();
		int from = Math.min(view.offset(), all.size());
		int to = Math.min(all.size(), from + view.limit());
		boolean more = to < all.size();
		return page(new DashboardClips(clips(all.subList(from, to), lifetime), all.size(), view.limit(), view.offset(),
				more), more ? view.next() : null, lifetime);
	}

	/** A page is served for half of its links' life, so that they outlive it. */
	private Page page(Object content, @Nullable String next, Duration lifetime) {
		Duration half = lifetime.dividedBy(2);
		Duration kept = (half.compareTo(this.settings.fresh()) < 0) ? half : this.settings.fresh();
		return new Page(this.json.writeValueAsBytes(content), next, kept);
	}

	private List<Clip> clips(List<Entry> entries, Duration lifetime) {
		return entries.stream().map((entry) -> Clip.of(entry, this.links.to(entry, lifetime))).toList();
	}

	/** A page of one edition of the catalog. */
	private record Key(Object edition, View view) {
	}

	/** Makes the cache that Spring then measures. */
	@Configuration(proxyBeanMethods = false)
	static class PageCache {

		@Bean
		CacheManagerCustomizer<CaffeineCacheManager> galleryPages(Clock clock) {
			return (caches) -> caches.registerCustomCache(CACHE,
					Caffeine.newBuilder()
						.maximumWeight(LARGEST_CACHE)
						.weigher((key, page) -> ((Page) page).weight())
						.expireAfter(Expiry.creating((key, page) -> ((Page) page).kept()))
						.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
						.recordStats()
						.build());
		}

	}

}
