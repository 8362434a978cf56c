package io.clipvault.objects;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.clipvault.kit.FreshFolders;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs a contract on the store that the properties clipvault.test.endpoint,
 * clipvault.test.access-key and clipvault.test.secret-key name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is given: set -Dclipvault.test.endpoint, -Dclipvault.test.access-key and -Dclipvault.test.secret-key")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OnGivenEndpoint.GivenStore.class)
@TestPropertySource(properties = { "clipvault.objects.buckets=*", "clipvault.objects.part-size=5MB",
		"clipvault.objects.copy-threshold=6MB", "clipvault.objects.copy-part-size=5MB" })
public @interface OnGivenEndpoint {

	/** Points the service at the store. */
	class GivenStore implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestPropertyValues
				.of("clipvault.storage.engine=s3",
						"clipvault.storage.endpoint=" + System.getProperty("clipvault.test.endpoint"),
						"AWS_ACCESS_KEY_ID=" + System.getProperty("clipvault.test.access-key", ""),
						"AWS_SECRET_ACCESS_KEY=" + System.getProperty("clipvault.test.secret-key", ""),
						"clipvault.data-directory=" + FreshFolders.create("given-store"))
				.applyTo(context);
		}

	}

}
