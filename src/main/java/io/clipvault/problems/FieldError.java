package io.clipvault.problems;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What is wrong with one field or parameter. */
record FieldError(String field, String detail) {

	static List<FieldError> of(MethodArgumentNotValidException invalid) {
		return invalid.getFieldErrors()
			.stream()
			.map((error) -> new FieldError(error.getField(),
					detail(error.getDefaultMessage(), error.getRejectedValue())))
			.toList();
	}

	static List<FieldError> of(HandlerMethodValidationException invalid) {
		return invalid.getParameterValidationResults().stream().flatMap((result) -> of(result).stream()).toList();
	}

	private static List<FieldError> of(ParameterValidationResult result) {
		String parameter = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "parameter");
		return result.getResolvableErrors()
			.stream()
			.map((error) -> new FieldError(parameter, detail(error.getDefaultMessage(), result.getArgument())))
			.toList();
	}

	private static String detail(@Nullable String message, @Nullable Object rejected) {
		String rule = Objects.requireNonNullElse(message, "is not valid");
		return (rejected == null) ? rule : rule + " and is " + rejected;
	}

}
