package io.clipvault.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ImageTests {

	@Test
	void baseImagesHaveTheJavaVersionOfTheBuild() throws IOException {
		assertThat(instructions("ARG ")).containsExactly("ARG JAVA=" + Runtime.version().feature());
		assertThat(instructions("FROM ")).hasSize(2)
			.allMatch((from) -> from.startsWith("FROM eclipse-temurin:${JAVA}-"))
			.noneMatch((from) -> from.contains(":latest"));
	}

	@Test
	void userIsANumberSoThatKubernetesCanSeeThatItIsNotRoot() throws IOException {
		assertThat(instructions("USER ")).containsExactly("USER 10001:10001");
	}

	@Test
	void cacheIsTrainedWithTheOptionsOfTheEntrypoint() throws IOException {
		String recipe = Files.readString(Path.of("Dockerfile"));
		for (String flag : List.of("--enable-native-access=ALL-UNNAMED", "-Dorg.sqlite.lib.path=/app/native",
				"/app/clipvault.aot")) {
			assertThat(recipe.split(flag, -1)).as(flag).hasSize(3);
		}
	}

	@Test
	void engineIsS3ByDefault() throws IOException {
		assertThat(instructions("ENV CLIPVAULT")).singleElement()
			.asString()
			.isEqualTo("ENV CLIPVAULT_STORAGE_ENGINE=s3 CLIPVAULT_DATA_DIRECTORY=/data CLIPVAULT_JOBS_ROOT=/output");
		assertThat(instructions("VOLUME ")).containsExactly("VOLUME /data /output /tmp");
	}

	@Test
	void healthCheckFollowsThePort() throws IOException {
		assertThat(instructions("HEALTHCHECK ")).singleElement()
			.asString()
			.contains("/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}", "/actuator/health/liveness");
	}

	/** The instructions that start with this word, each joined into one line. */
	private static List<String> instructions(String start) throws IOException {
		return Files.readString(Path.of("Dockerfile"))
			.replaceAll("\\\\\n\\s*", "")
			.lines()
			.filter((line) -> line.startsWith(start))
			.toList();
	}

}
