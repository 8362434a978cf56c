package io.clipvault.problems;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds every problem that a call may return to the API description, with an example.
 */
@Configuration(proxyBeanMethods = false)
class ProblemDocumentation {

	private static final String SCHEMA = "Problem";

	/** The problems that every call may return. */
	private static final Set<ProblemType> ALWAYS = EnumSet.of(ProblemType.FOREIGN_CALLER, ProblemType.URI_TOO_LONG,
			ProblemType.UNAUTHENTICATED, ProblemType.ROLE_MISSING, ProblemType.TOO_MANY_ATTEMPTS,
			ProblemType.NOT_ACCEPTABLE, ProblemType.DATABASE_UNAVAILABLE, ProblemType.INTERNAL);

	/** The problems of every call that takes an object as its body. */
	private static final Set<ProblemType> OF_A_BODY = EnumSet.of(ProblemType.BODY_TOO_LARGE, ProblemType.BODY_TOO_SLOW,
			ProblemType.TOO_MANY_BODIES, ProblemType.UNSUPPORTED_MEDIA_TYPE);

	@Bean
	OperationCustomizer problemResponses() {
		return ProblemDocumentation::withProblems;
	}

	private static Operation withProblems(Operation operation, HandlerMethod method) {
		Set<ProblemType> problems = EnumSet.copyOf(ALWAYS);
		Refuses refuses = method.getMethodAnnotation(Refuses.class);
		if (refuses != null) {
			problems.addAll(List.of(refuses.value()));
		}
		if (Stream.of(method.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class))) {
			problems.addAll(OF_A_BODY);
		}
		problems.stream()
			.collect(Collectors.groupingBy((type) -> type.status().value(), TreeMap::new, Collectors.toList()))
			.forEach((status, types) -> operation.getResponses().addApiResponse(status.toString(), response(types)));
		return operation;
	}

	private static ApiResponse response(List<ProblemType> types) {
		MediaType content = new MediaType().schema(new Schema<>().$ref(SCHEMA));
		types.forEach((type) -> content.addExamples(type.type().toString(), example(type)));
		return new ApiResponse().description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
			.content(new Content().addMediaType("application/problem+json", content));
	}

	private static Example example(ProblemType type) {
		Map<String, Object> value = new LinkedHashMap<>();
		value.put("type", type.type().toString());
		value.put("title", type.title());
		value.put("status", type.status().value());
		value.put("detail", type.sample());
		return new Example().summary(type.title()).value(value);
	}

	@Bean
	OpenApiCustomizer problemSchema() {
		return (api) -> schemas(api).addSchemas(SCHEMA, schema());
	}

	private static Components schemas(OpenAPI api) {
		if (api.getComponents() == null) {
			api.setComponents(new Components());
		}
		return api.getComponents();
	}

	private static Schema<?> schema() {
		Schema<?> error = new Schema<>().types(Set.of("object"))
			.addProperty("field", text("The field or parameter"))
			.addProperty("detail", text("What is wrong with it"));
		Schema<?> errors = typed("array", "What is wrong, by field");
		errors.setItems(error);
		return typed("object", "A failure and what to do about it (RFC 9457)")
			.addProperty("type", text("The type of the failure, stable across releases"))
			.addProperty("title", text("The type of the failure in words"))
			.addProperty("status", typed("integer", "The HTTP status"))
			.addProperty("detail", text("What happened and what to do"))
			.addProperty("instance", text("The path that was called"))
			.addProperty("errors", errors);
	}

	private static Schema<?> text(String description) {
		return typed("string", description);
	}

	/** Sets the list of types, which OpenAPI 3.1 reads instead of the single one. */
	private static Schema<?> typed(String type, String description) {
		return new Schema<>().types(Set.of(type)).description(description);
	}

}
