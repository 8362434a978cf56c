package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.clipvault.gallery.catalog.Catalog;
import io.clipvault.gallery.catalog.CatalogSettings;
import io.clipvault.gallery.catalog.ClipEntry;
import io.clipvault.problems.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes pages of a catalog, with signed links, and serves them from memory afterwards.
 */
@Component
class Pages {

	static final String CACHE = "gallery-pages";

	private static final long CACHE_BYTES = 64 << 20;

	private final Cache cache;

	private final ClipLinks links;

	private final JsonMapper json;

	private final CatalogSettings settings;

	Pages(CacheManager caches, ClipLinks links, JsonMapper json, CatalogSettings settings) {
		this.cache = Objects.requireNonNull(caches.getCache(CACHE));
		this.links = links;
		this.json = json;
		this.settings = settings;
	}

	Page page(Catalog catalog, View view) {
		try {
			return Objects.requireNonNull(this.cache.get(new Key(catalog.edition(), view), () -> make(catalog, view)));
		}
		catch (Cache.ValueRetrievalException failed) {
			if (failed.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw failed;
		}
	}

	private Page make(Catalog catalog, View view) {
		// Before signing, so that the links outlive what is computed from the lifetime.
		Duration lifetime = this.links.lifetime();
		return switch (view) {
			case View.Newest newest -> newest(catalog, newest, lifetime);
			case View.Dashboard dashboard -> dashboard(catalog, dashboard, lifetime);
		};
	}

	private Page newest(Catalog catalog, View.Newest view, Duration lifetime) {
		List<ClipEntry> found = catalog.after(view.after(), view.job())
			.filter((entry) -> entry.matches(view.words()))
			.limit(view.limit() + 1L)
			.toList();
		boolean more = found.size() > view.limit();
		List<ClipEntry> shown = more ? found.subList(0, view.limit()) : found;
		return page(clips(shown, lifetime), more ? view.next(shown.getLast().position()) : null, lifetime);
	}

	private Page dashboard(Catalog catalog, View.Dashboard view, Duration lifetime) {
		List<ClipEntry> all = catalog.entries();
		int from = Math.min(view.offset(), all.size());
		int to = Math.min(all.size(), from + view.limit());
		boolean more = to < all.size();
		return page(new DashboardClips(clips(all.subList(from, to), lifetime), all.size(), view.limit(), view.offset(),
				more), more ? view.next() : null, lifetime);
	}

	/**
	 * A page is served for at most half of its links' lifetime, so that they still work.
	 */
	private Page page(Object content, @Nullable String next, Duration lifetime) {
		Duration half = lifetime.dividedBy(2);
		Duration kept = (half.compareTo(this.settings.fresh()) < 0) ? half : this.settings.fresh();
		return new Page(this.json.writeValueAsBytes(content), next, kept);
	}

	private List<Clip> clips(List<ClipEntry> entries, Duration lifetime) {
		return entries.stream().map((entry) -> Clip.of(entry, this.links.to(entry, lifetime))).toList();
	}

	/** A cache key: a page of another edition of the catalog is another page. */
	private record Key(Object edition, View view) {
	}

	/** Registers the cache with Spring, so that it has metrics. */
	@Configuration(proxyBeanMethods = false)
	static class PageCache {

		@Bean
		CacheManagerCustomizer<CaffeineCacheManager> galleryPages(Clock clock) {
			return (caches) -> caches.registerCustomCache(CACHE,
					Caffeine.newBuilder()
						.maximumWeight(CACHE_BYTES)
						.weigher((key, page) -> ((Page) page).weight())
						.expireAfter(Expiry.creating((key, page) -> ((Page) page).kept()))
						.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
						.recordStats()
						.build());
		}

	}

}
