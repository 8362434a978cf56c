package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.clipvault.gallery.catalog.Catalog;
import io.clipvault.gallery.catalog.CatalogSettings;
import io.clipvault.gallery.catalog.ClipEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
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

	private final Cache<Object, Ready> cache;

	private final ClipLinks links;

	private final JsonMapper json;

	private final CatalogSettings settings;

	private final Clock clock;

	Pages(CacheManager caches, ClipLinks links, JsonMapper json, CatalogSettings settings, Clock clock) {
		this.cache = cache(caches);
		this.links = links;
		this.json = json;
		this.settings = settings;
		this.clock = clock;
	}

	@SuppressWarnings("unchecked")
	private static Cache<Object, Ready> cache(CacheManager caches) {
		return (Cache<Object, Ready>) Objects.requireNonNull(caches.getCache(CACHE)).getNativeCache();
	}

	Page page(Catalog catalog, View view) {
		Ready ready = this.cache.getIfPresent(view);
		if (ready == null || !isGood(ready, catalog, view)) {
			// One caller makes the page, and those that come meanwhile share it.
			ready = Objects.requireNonNull(this.cache.asMap()
				.compute(view,
						(key, last) -> (last != null && isGood(last, catalog, view)) ? last : make(catalog, view)));
		}
		return ready.page;
	}

	/** After the clock was set back, the links are of a time that has not come. */
	private boolean isGood(Ready ready, Catalog catalog, View view) {
		return !this.clock.instant().isBefore(ready.signedAt) && ready.isOf(catalog, view);
	}

	private Ready make(Catalog catalog, View view) {
		// Before signing, so that the links outlive what is computed from the lifetime.
		Instant signedAt = this.clock.instant();
		Duration lifetime = this.links.lifetime();
		Shown shown = Shown.in(catalog, view);
		List<Clip> clips = clips(shown.entries(), lifetime);
		Page page = switch (view) {
			case View.Newest newest ->
				page(clips, shown.more() ? newest.next(shown.entries().getLast().position()) : null, lifetime);
			case View.Dashboard dashboard ->
				page(new DashboardClips(clips, shown.total(), dashboard.limit(), dashboard.offset(), shown.more()),
						shown.more() ? dashboard.next() : null, lifetime);
		};
		return new Ready(page, signedAt, shown, catalog.edition());
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

	/** What a page shows of a catalog. */
	private record Shown(List<ClipEntry> entries, boolean more, int total) {

		static Shown in(Catalog catalog, View view) {
			return switch (view) {
				case View.Newest newest -> newest(catalog, newest);
				case View.Dashboard dashboard -> dashboard(catalog.entries(), dashboard);
			};
		}

		private static Shown newest(Catalog catalog, View.Newest view) {
			List<ClipEntry> found = catalog.after(view.after(), view.job())
				.filter((entry) -> entry.matches(view.words()))
				.limit(view.limit() + 1L)
				.toList();
			boolean more = found.size() > view.limit();
			return new Shown(more ? List.copyOf(found.subList(0, view.limit())) : found, more, 0);
		}

		private static Shown dashboard(List<ClipEntry> all, View.Dashboard view) {
			int from = Math.min(view.offset(), all.size());
			int to = (int) Math.min(all.size(), (long) from + view.limit());
			return new Shown(List.copyOf(all.subList(from, to)), to < all.size(), all.size());
		}

	}

	/** A finished page, and the newest edition that it is known to be right for. */
	private static final class Ready {

		private final Page page;

		private final Instant signedAt;

		private final Shown shown;

		private volatile Object edition;

		Ready(Page page, Instant signedAt, Shown shown, Object edition) {
			this.page = page;
			this.signedAt = signedAt;
			this.shown = shown;
			this.edition = edition;
		}

		/** A change elsewhere in the catalog leaves the page as it is. */
		boolean isOf(Catalog catalog, View view) {
			if (this.edition.equals(catalog.edition())) {
				return true;
			}
			if (!this.shown.equals(Shown.in(catalog, view))) {
				return false;
			}
			this.edition = catalog.edition();
			return true;
		}

		int weight() {
			return this.page.weight() + Integer.BYTES * this.shown.entries().size();
		}

	}

	/** Registers the cache with Spring, so that it has metrics. */
	@Configuration(proxyBeanMethods = false)
	static class PageCache {

		@Bean
		CacheManagerCustomizer<CaffeineCacheManager> galleryPages(Clock clock) {
			return (caches) -> caches.registerCustomCache(CACHE,
					Caffeine.newBuilder()
						.maximumWeight(CACHE_BYTES)
						.weigher((key, page) -> ((Ready) page).weight())
						.expireAfter(Expiry.writing((key, page) -> ((Ready) page).page.kept()))
						.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
						.recordStats()
						.build());
		}

	}

}
