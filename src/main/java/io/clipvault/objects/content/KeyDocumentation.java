package io.clipvault.objects.content;

import java.util.Objects;

import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the parameter {@code key}, once in the path and once in the query. */
@Configuration(proxyBeanMethods = false)
class KeyDocumentation {

	private static final String IN_PATH = "/buckets/{bucket}/objects/{key}";

	private static final String IN_QUERY = "/buckets/{bucket}/object";

	@Bean
	OpenApiCustomizer keyParameters() {
		return (api) -> {
			describe(Objects.requireNonNull(api.getPaths().get(IN_PATH)), new PathParameter()
				.description("The key, with its slashes; send a key that has a segment '.' or '..' to " + IN_QUERY));
			describe(Objects.requireNonNull(api.getPaths().get(IN_QUERY)),
					new QueryParameter().description("The key; write a plus sign as %2B"));
		};
	}

	private static void describe(PathItem path, Parameter key) {
		key.name("key").required(true).example("notes/today.txt").schema(new StringSchema());
		path.readOperations().forEach((operation) -> operation.addParametersItem(key));
	}

}
