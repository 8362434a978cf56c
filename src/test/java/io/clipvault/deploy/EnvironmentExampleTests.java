package io.clipvault.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentExampleTests {

	private static final Pattern VARIABLE = Pattern.compile("#([A-Z][A-Z0-9_]*)=(.*)");

	private static final Pattern COMPOSE_VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

	static List<JsonNode> properties() throws IOException {
		JsonNode metadata = new JsonMapper()
			.readTree(Files.readAllBytes(Path.of("target/classes/META-INF/spring-configuration-metadata.json")));
		return StreamSupport.stream(metadata.path("properties").spliterator(), false)
			.filter((property) -> property.path("name").asString().startsWith("clipvault."))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("properties")
	void propertyWhenDeclaredIsInTheExampleWithItsDefault(JsonNode property) throws IOException {
		String name = property.path("name").asString();
		String variable = name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
		Map<String, String> variables = variables();
		assertThat(variables).as("Add a line for %s to .env.example.", name).containsKey(variable);
		assertThat(variables.get(variable)).as("The value that .env.example shows for %s is its default.", name)
			.isEqualTo(text(property.path("defaultValue")));
		assertThat(source(Map.of(variable, "given")).getConfigurationProperty(ConfigurationPropertyName.of(name)))
			.as("Spring maps %s to %s", variable, name)
			.isNotNull();
		assertThat(property.path("description").asString()).as("description of %s", name).isNotBlank();
	}

	@Test
	void variableWhenNamedAfterClipvaultIsAProperty() throws IOException {
		List<ConfigurationPropertyName> names = properties().stream()
			.map((property) -> ConfigurationPropertyName.of(property.path("name").asString()))
			.toList();
		assertThat(variables().keySet()).filteredOn((variable) -> variable.startsWith("CLIPVAULT_"))
			.allSatisfy((variable) -> assertThat(names)
				.anyMatch((name) -> source(Map.of(variable, "given")).getConfigurationProperty(name) != null));
	}

	@Test
	void variableWhenListedHasALineThatExplainsIt() throws IOException {
		List<String> lines = Files.readAllLines(Path.of(".env.example"));
		for (int line = 0; line < lines.size(); line++) {
			if (VARIABLE.matcher(lines.get(line)).matches()) {
				assertThat(lines.get(line - 1)).as("the line above %s", lines.get(line)).matches("# .+[^,]");
			}
		}
	}

	@Test
	void composeVariableWhenUsedIsListedWithItsDefault() throws IOException {
		Map<String, String> variables = variables();
		Matcher used = COMPOSE_VARIABLE.matcher(Files.readString(Path.of("docker-compose.yml")));
		assertThat(used.results()).isNotEmpty()
			.allSatisfy((variable) -> assertThat(variables).containsEntry(variable.group(1), variable.group(2)));
	}

	private static Map<String, String> variables() throws IOException {
		return Files.readAllLines(Path.of(".env.example"))
			.stream()
			.map(VARIABLE::matcher)
			.filter(Matcher::matches)
			.collect(Collectors.toMap((line) -> line.group(1), (line) -> line.group(2), (first, second) -> {
				throw new IllegalStateException("Listed twice, as " + first + " and " + second);
			}, LinkedHashMap::new));
	}

	/** The metadata has a list as one string: [.mp4, .json]. */
	private static String text(JsonNode value) {
		return value.asString("").replaceAll("^\\[(.*)]$", "$1").replace(", ", ",");
	}

	private static ConfigurationPropertySource source(Map<String, Object> variables) {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addFirst(new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return ConfigurationPropertySources.from(sources).iterator().next();
	}

}
