package io.clipvault.problems;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.converter.HttpMessageNotReadableException;

/** Explains why a JSON body could not be read. */
record UnreadableBody(String detail, List<FieldError> errors) {

	/** The problem that refused the body while it was read, if one did. */
	static Optional<Problem> refusal(HttpMessageNotReadableException failure) {
		return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
			.filter(Problem.class::isInstance)
			.map(Problem.class::cast)
			.findFirst();
	}

	static UnreadableBody of(HttpMessageNotReadableException failure) {
		Throwable cause = failure.getCause();
		while (cause != null && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return switch (cause) {
			case UnrecognizedPropertyException unknown ->
				field(path(unknown), "is not a known field (known: " + known(unknown) + ")");
			case MismatchedInputException mismatch when !path(mismatch).isEmpty() ->
				field(path(mismatch), "must be " + kind(mismatch.getTargetType()));
			case MismatchedInputException _ -> new UnreadableBody("Send a JSON object as the body.", List.of());
			case StreamConstraintsException _ -> new UnreadableBody(
					"A text, a name, a number or a list in the body is longer than any call accepts, or it is nested deeper: correct it.",
					List.of());
			case StreamReadException syntax ->
				new UnreadableBody("The body is not valid JSON" + where(syntax) + ".", List.of());
			case null, default -> new UnreadableBody("Send a JSON object as the body.", List.of());
		};
	}

	private static UnreadableBody field(String path, String detail) {
		return new UnreadableBody("'" + path + "' " + detail + ": correct it and send the request again.",
				List.of(new FieldError(path, detail)));
	}

	private static String path(JacksonException failure) {
		return failure.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."));
	}

	private static String known(UnrecognizedPropertyException unknown) {
		return unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
	}

	private static String kind(@Nullable Class<?> wanted) {
		if (wanted == null) {
			return "of another type";
		}
		if (wanted == String.class) {
			return "a string";
		}
		if (wanted == boolean.class || wanted == Boolean.class) {
			return "true or false";
		}
		return (wanted.isPrimitive() || Number.class.isAssignableFrom(wanted)) ? "a number" : "an object";
	}

	private static String where(StreamReadException syntax) {
		TokenStreamLocation location = syntax.getLocation();
		return (location == null) ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
	}

}
