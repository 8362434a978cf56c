package io.clipvault;

import java.util.List;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the JSON types strict: a number is not accepted as a string, nor a string as a
 * number or boolean.
 */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

	private static final List<CoercionInputShape> NOT_A_STRING = List.of(CoercionInputShape.Integer,
			CoercionInputShape.Float, CoercionInputShape.Boolean);

	private static final List<LogicalType> NOT_FROM_A_STRING = List.of(LogicalType.Integer, LogicalType.Float,
			LogicalType.Boolean);

	/** Fits the largest body of any call: 100,000 keys of 1,024 bytes. */
	private static final long LARGEST_DOCUMENT = 128L << 20;

	@Bean
	JsonFactoryBuilderCustomizer boundedDocuments() {
		return (factory) -> factory
			.streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(LARGEST_DOCUMENT).build());
	}

	@Bean
	JsonMapperBuilderCustomizer exactTypes() {
		return (json) -> {
			json.withCoercionConfig(LogicalType.Textual,
					(text) -> NOT_A_STRING.forEach((shape) -> text.setCoercion(shape, CoercionAction.Fail)));
			NOT_FROM_A_STRING.forEach((type) -> json.withCoercionConfig(type,
					(value) -> value.setCoercion(CoercionInputShape.String, CoercionAction.Fail)));
		};
	}

}
