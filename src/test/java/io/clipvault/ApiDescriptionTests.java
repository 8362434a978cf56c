package io.clipvault;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** The API description is valid and complete. */
@ClipvaultTest
class ApiDescriptionTests {

	private final Caller caller;

	private final OpenAPI api;

	private final SwaggerParseResult parsed;

	ApiDescriptionTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
		this.parsed = new OpenAPIV3Parser()
			.readContents(new String(this.caller.get("/v3/api-docs").body(), StandardCharsets.UTF_8));
		this.api = this.parsed.getOpenAPI();
	}

	@Test
	void descriptionIsValid() {
		assertThat(this.parsed.getMessages()).isEmpty();
	}

	@Test
	void swaggerUiOpens() {
		assertThat(this.caller.get("/swagger-ui.html").header("Location")).hasValue("/swagger-ui/index.html");
		assertThat(this.caller.get("/swagger-ui/index.html").status()).isEqualTo(200);
	}

	@Test
	void everyCallOfEveryControllerIsDescribed(
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
		Set<String> calls = new TreeSet<>();
		mappings.getHandlerMethods().forEach((mapping, method) -> {
			if (method.getBeanType().isAnnotationPresent(RestController.class)
					&& method.getBeanType().getPackageName().startsWith("io.clipvault")) {
				mapping.getPatternValues()
					.forEach((path) -> mapping.getMethodsCondition()
						.getMethods()
						.forEach((verb) -> calls.add(verb + " " + path.replace("{*", "{"))));
			}
		});
		assertThat(operations().keySet()).isNotEmpty().containsExactlyInAnyOrderElementsOf(calls);
	}

	@Test
	void everyCallHasASummaryAndNamesItsProblemsWithExamples() {
		operations().forEach((call, operation) -> {
			assertThat(operation.getSummary()).as(call).isNotBlank();
			assertThat(operation.getTags()).as(call).isNotEmpty();
			assertThat(operation.getResponses().keySet()).as(call)
				.anyMatch((status) -> status.startsWith("2"))
				.contains("403", "500");
			operation.getResponses().forEach((status, response) -> {
				assertThat(response.getDescription()).as(call + " " + status).isNotBlank();
				if (status.compareTo("400") >= 0) {
					MediaType problem = Objects.requireNonNull(response.getContent().get("application/problem+json"),
							call);
					assertThat(problem.getExamples()).as(call + " " + status).isNotEmpty();
					assertThat(problem.getSchema().get$ref()).isEqualTo("#/components/schemas/Problem");
				}
			});
		});
	}

	@Test
	void everyParameterHasASchemaWithAnExampleOrAMeaning() {
		operations().forEach((call, operation) -> assertThat(
				Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()))
			.allSatisfy(
					(parameter) -> assertThat(isDescribed(parameter)).as(call + " " + parameter.getName()).isTrue()));
	}

	@Test
	void everyFieldHasAType() {
		JsonNode schemas = this.caller.get("/v3/api-docs").json().path("components").path("schemas");
		assertThat(schemas.propertyNames()).contains("Job", "Clip", "Problem");
		schemas.forEach((schema) -> schema.path("properties")
			.forEach((field) -> assertThat(field.propertyNames()).as(field.toString())
				.containsAnyOf("type", "$ref", "anyOf", "oneOf")));
	}

	@Test
	void everyFieldHasItsJsonName() {
		JsonNode schemas = this.caller.get("/v3/api-docs").json().path("components").path("schemas");
		assertThat(schemas.path("Clip").path("properties").propertyNames()).contains("job_id", "tiktok_desc");
		assertThat(schemas.path("ShareLink").path("properties").propertyNames()).contains("expires_at", "public_url");
		assertThat(schemas.path("Begun").path("properties").propertyNames()).as("Uppy has names of its own")
			.contains("uploadId");
	}

	private static boolean isDescribed(Parameter parameter) {
		return parameter.getSchema() != null && (parameter.getExample() != null || parameter.getDescription() != null);
	}

	/** All operations of the description, by method and path. */
	private Map<String, Operation> operations() {
		Map<String, Operation> operations = new TreeMap<>();
		this.api.getPaths()
			.forEach((path, item) -> item.readOperationsMap()
				.forEach((method, operation) -> operations.put(method + " " + path, operation)));
		return operations;
	}

}
