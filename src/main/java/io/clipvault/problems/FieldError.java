package io.clipvault.problems;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What is wrong with one field or parameter. */
record FieldError(String field, String detail) {

	/** Enough to recognise a value; a caller's own text is not sent back at length. */
	private static final int LONGEST_ECHO = 200;

	static FieldError of(String field, String rule, @Nullable Object rejected) {
		return new FieldError(field, detail(rule, rejected));
	}

	static List<FieldError> of(MethodArgumentNotValidException invalid) {
		return invalid.getFieldErrors()
			.stream()
			.map((error) -> of(error.getField(), rule(error.getDefaultMessage()), error.getRejectedValue()))
			.toList();
	}

	static List<FieldError> of(HandlerMethodValidationException invalid) {
		return invalid.getParameterValidationResults().stream().flatMap((result) -> of(result).stream()).toList();
	}

	private static List<FieldError> of(ParameterValidationResult result) {
		String parameter = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "parameter");
		return result.getResolvableErrors()
			.stream()
			.map((error) -> of(parameter, rule(error.getDefaultMessage()), result.getArgument()))
			.toList();
	}

	private static String rule(@Nullable String message) {
		return Objects.requireNonNullElse(message, "is not valid");
	}

	private static String detail(String rule, @Nullable Object rejected) {
		return switch (rejected) {
			case null -> rule;
			case Collection<?> many -> "%s and has %,d".formatted(rule, many.size());
			case CharSequence text -> rule + " and is " + shortened(text.toString());
			case Number number -> rule + " and is " + number;
			case Boolean flag -> rule + " and is " + flag;
			default -> rule;
		};
	}

	/** The beginning of a caller's text. */
	static String shortened(String text) {
		return (text.length() > LONGEST_ECHO) ? text.substring(0, LONGEST_ECHO) + "…" : text;
	}

}
