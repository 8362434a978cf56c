package io.clipvault;

import java.util.ArrayList;
import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Bounds what a JSON document may hold, and makes its types strict: a number is not
 * accepted as a string, nor a string as a number or boolean.
 */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

	private static final List<CoercionInputShape> NOT_A_STRING = List.of(CoercionInputShape.Integer,
			CoercionInputShape.Float, CoercionInputShape.Boolean);

	private static final List<LogicalType> NOT_FROM_A_STRING = List.of(LogicalType.Integer, LogicalType.Float,
			LogicalType.Boolean);

	/**
	 * No text of any call is longer than the usual body, and only batch deletion has 16
	 * MB.
	 */
	private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
		.maxDocumentLength(16 << 20)
		.maxStringLength(64 << 10)
		.maxNameLength(1024)
		.maxNumberLength(100)
		.maxNestingDepth(50)
		.build();

	@Bean
	JsonFactoryBuilderCustomizer boundedDocuments() {
		return (factory) -> factory.streamReadConstraints(BOUNDS);
	}

	@Bean
	JsonMapperBuilderCustomizer boundedLists() {
		return (json) -> json
			.addModule(new SimpleModule("bounded lists").addAbstractTypeMapping(List.class, BoundedList.class));
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

	/**
	 * A list of a body. Entries such as {@code {}} take far more memory than their text.
	 */
	static final class BoundedList<T> extends ArrayList<T> {

		private static final int MOST = 100_000;

		@Override
		public boolean add(T entry) {
			if (size() == MOST) {
				throw new Problem(ProblemType.BODY_TOO_LARGE,
						"A list in a body may have %,d entries: split it over more calls.".formatted(MOST));
			}
			return super.add(entry);
		}

	}

}
