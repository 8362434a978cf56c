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
 * Takes a field's value as it is written: a number is no text, and a text is no number.
 */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

	private static final List<CoercionInputShape> NO_TEXT = List.of(CoercionInputShape.Integer,
			CoercionInputShape.Float, CoercionInputShape.Boolean);

	private static final List<LogicalType> NO_FORM_OF_TEXT = List.of(LogicalType.Integer, LogicalType.Float,
			LogicalType.Boolean);

	/** A hundred thousand keys of 1,024 bytes, the largest body of any call, fit in. */
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
					(text) -> NO_TEXT.forEach((shape) -> text.setCoercion(shape, CoercionAction.Fail)));
			NO_FORM_OF_TEXT.forEach((type) -> json.withCoercionConfig(type,
					(value) -> value.setCoercion(CoercionInputShape.String, CoercionAction.Fail)));
		};
	}

}
