package io.clipvault.problems;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A failure with its type and a sentence that says what happened and what to do. */
public class Problem extends RuntimeException {

	private final ProblemType type;

	private final @Nullable Duration retryAfter;

	private final transient Map<String, Object> properties = new LinkedHashMap<>();

	public Problem(ProblemType type, String detail) {
		this(type, detail, null, null);
	}

	public Problem(ProblemType type, String detail, @Nullable Throwable cause) {
		this(type, detail, null, cause);
	}

	public Problem(ProblemType type, String detail, @Nullable Duration retryAfter, @Nullable Throwable cause) {
		super(detail, cause);
		this.type = type;
		this.retryAfter = retryAfter;
	}

	/** The problem of a field whose value breaks a rule. */
	public static Problem ofField(String field, String rule, @Nullable Object rejected) {
		FieldError error = FieldError.of(field, rule, rejected);
		return new Problem(ProblemType.INVALID_REQUEST,
				"'%s' %s: correct it and send the request again.".formatted(field, error.detail()))
			.with("errors", List.of(error));
	}

	public ProblemType type() {
		return this.type;
	}

	public String detail() {
		return String.valueOf(getMessage());
	}

	/** Adds a field to the problem document, beside those that every problem has. */
	public Problem with(String property, Object value) {
		this.properties.put(property, value);
		return this;
	}

	public Map<String, Object> properties() {
		return Collections.unmodifiableMap(this.properties);
	}

	@Nullable Duration retryAfter() {
		return this.retryAfter;
	}

}
