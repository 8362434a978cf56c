package io.clipvault.gallery;

import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps what was read of the bucket for as long as the settings say. */
@Configuration(proxyBeanMethods = false)
class GalleryCache {

	static final String CATALOG = "catalog";

	@Bean
	CacheManagerCustomizer<CaffeineCacheManager> catalogCache(GallerySettings settings) {
		return (caches) -> caches.registerCustomCache(CATALOG,
				Caffeine.newBuilder().expireAfterWrite(settings.fresh()).recordStats().build());
	}

}
