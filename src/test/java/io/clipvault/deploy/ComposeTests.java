package io.clipvault.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeTests {

	private JsonNode compose = JsonMapper.shared().createObjectNode();

	@BeforeEach
	void read() throws IOException {
		LoaderOptions strict = new LoaderOptions();
		strict.setAllowDuplicateKeys(false);
		Object yaml = new Yaml(new SafeConstructor(strict)).load(Files.readString(Path.of("docker-compose.yml")));
		this.compose = JsonMapper.shared().valueToTree(yaml);
	}

	@Test
	void imagesArePinned() {
		assertThat(this.compose.path("services")).hasSize(3)
			.allSatisfy((service) -> assertThat(service.path("image").asString()).matches("[a-z/]+:[a-z0-9.-]+")
				.doesNotEndWith(":latest"));
	}

	@Test
	void portsAreOnLoopback() {
		assertThat(this.compose.path("services").findValues("ports")).hasSize(2)
			.allSatisfy((ports) -> assertThat(ports).singleElement()
				.extracting(JsonNode::asString)
				.asString()
				.startsWith("127.0.0.1:"));
	}

	@Test
	void serviceWaitsForAStoreAndADatabaseThatAreHealthy() {
		JsonNode awaited = service("clipvault").path("depends_on");
		assertThat(awaited.propertyNames()).containsExactly("store", "database").allSatisfy((name) -> {
			assertThat(awaited.path(name).path("condition").asString()).isEqualTo("service_healthy");
			assertThat(service(name).path("healthcheck").path("test")).isNotEmpty();
		});
	}

	@Test
	void serviceAndStoreShareKeysAndBucket() {
		JsonNode service = service("clipvault").path("environment");
		JsonNode store = service("store");
		assertThat(store.path("environment").propertyNames()).isNotEmpty()
			.allSatisfy(
					(name) -> assertThat(service.path(name)).as(name).isEqualTo(store.path("environment").path(name)));
		assertThat(store.path("command")).extracting(JsonNode::asString)
			.contains("-bucket=" + service.path("AWS_S3_BUCKET").asString());
	}

	@Test
	void storeHasNoKeyThatEverybodyKnows() {
		assertThat(service("store").path("environment").path("AWS_SECRET_ACCESS_KEY").asString())
			.startsWith("${STORE_SECRET_KEY:?");
	}

	@Test
	void serviceIsConfined() {
		JsonNode service = service("clipvault");
		assertThat(service.path("read_only").asBoolean()).isTrue();
		assertThat(service.path("cap_drop")).extracting(JsonNode::asString).containsExactly("ALL");
		assertThat(service.path("security_opt")).extracting(JsonNode::asString)
			.containsExactly("no-new-privileges:true");
	}

	private JsonNode service(String name) {
		return this.compose.path("services").path(name);
	}

}
