package io.clipvault.embedded;

import io.clipvault.security.SecuritySettings;
import io.clipvault.storage.ConditionalOnEngine;
import io.clipvault.storage.StorageEngine;
import io.clipvault.storage.StorageSettings;
import io.clipvault.storage.StoreConnection;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Starts the engine and gives its address and keys to the S3 clients. They depend on it,
 * so they are closed before it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine(StorageEngine.EMBEDDED)
class EmbeddedConfiguration {

	@Bean
	EmbeddedEngine embeddedEngine(EmbeddedSettings settings, StorageSettings storage, SecuritySettings security) {
		return new EmbeddedEngine(settings, storage.bucket(), security.frontends());
	}

	@Bean
	StoreConnection storeConnection(EmbeddedEngine engine, EmbeddedSettings settings, StorageSettings storage) {
		return new StoreConnection("the embedded engine, which keeps objects in " + settings.directory(),
				engine.endpoint(), storage.region(), engine.keys().accessKey(), engine.keys().secretKey());
	}

}
