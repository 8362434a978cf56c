package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a service its own data folder and jobs root under target, and free ports;
 * settings of the test take precedence.
 */
public class FreshFolders implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private final Map<String, String> settings;

	public FreshFolders() {
		this(Map.of());
	}

	public FreshFolders(Map<String, String> settings) {
		this.settings = settings;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Path folder = create("service");
		TestPropertyValues
			.of("server.port=0", "clipvault.storage.engine=embedded", "clipvault.embedded.port=0",
					"clipvault.data-directory=" + folder.resolve("data"),
					"clipvault.jobs.root=" + created(folder.resolve("output")))
			.and(this.settings)
			.applyTo(context);
	}

	/** Creates a new empty folder under target. */
	public static Path create(String name) {
		try {
			return Files.createTempDirectory(created(Path.of("target", "test-folders")), name).toAbsolutePath();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	private static Path created(Path folder) {
		try {
			return Files.createDirectories(folder);
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
