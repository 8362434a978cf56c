package io.clipvault.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a context its own data folder and jobs root under target, and a free port for the
 * engine.
 */
public class FreshFolders implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Path folder = create("context");
		TestPropertyValues
			.of("clipvault.storage.engine=embedded", "clipvault.embedded.port=0",
					"clipvault.data-directory=" + folder.resolve("data"), "clipvault.jobs.root=" + jobsRoot(folder))
			.applyTo(context);
	}

	private static Path jobsRoot(Path folder) {
		try {
			return Files.createDirectories(folder.resolve("output"));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	/** A new empty folder under target. */
	public static Path create(String name) {
		try {
			return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-folders")), name)
				.toAbsolutePath();
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
