package io.clipvault.problems;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.MimeType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every failure of a request into a problem document. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	/** Causes may form a cycle. */
	private static final int LONGEST_CHAIN = 20;

	/** A long list may be wrong in every entry. */
	private static final int MOST_ERRORS = 20;

	private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);

	@ExceptionHandler
	ResponseEntity<Object> problem(Problem problem) {
		if (problem.type().status().is5xxServerError()) {
			log.warn("{}: {}", problem.type().title(), problem.detail());
		}
		HttpHeaders headers = new HttpHeaders();
		if (problem.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter().toSeconds()));
		}
		return answer(problem.type(), problem.detail(), List.of(), problem.properties(), headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> unreadableParameter(InvalidParameterException unreadable) {
		return answer(ProblemType.INVALID_REQUEST,
				"A parameter in the URL cannot be read: send its value as percent-encoded UTF-8.", List.of(),
				new HttpHeaders());
	}

	@ExceptionHandler
	ResponseEntity<Object> unreadableForm(MultipartException unreadable) {
		return answer(ProblemType.INVALID_REQUEST,
				"The body is not a valid multipart/form-data form: let the client set its Content-Type and boundary.",
				List.of(), new HttpHeaders());
	}

	/**
	 * Uncategorized are SQLite's failures of the disk, since its driver gives no SQL
	 * state.
	 */
	@ExceptionHandler({ DataAccessResourceFailureException.class, TransientDataAccessException.class,
			RecoverableDataAccessException.class, UncategorizedSQLException.class,
			CannotCreateTransactionException.class, TransactionSystemException.class })
	ResponseEntity<Object> databaseUnavailable(NestedRuntimeException failure) {
		if (isFullDatabase(failure)) {
			return problem(new Problem(ProblemType.DISK_FULL,
					"The disk that holds the database is full: free some space, then try again.", failure));
		}
		String reference = reference();
		log.error("The database does not answer, reference {}", reference, failure);
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(DATABASE_PAUSE.toSeconds()));
		return answer(ProblemType.DATABASE_UNAVAILABLE,
				"The database could not be read or written (reference " + reference
						+ " in the log): check it and the space on its disk, then send the request again.",
				List.of(), headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> unexpected(Exception failure) {
		String reference = reference();
		log.error("Unexpected failure, reference {}", reference, failure);
		return answer(ProblemType.INTERNAL,
				"The log has the details under reference " + reference + "; the request itself is not the cause.",
				List.of(), new HttpHeaders());
	}

	/** SQLite's SQLITE_FULL, or PostgreSQL's disk_full. */
	private static boolean isFullDatabase(Exception failure) {
		return causes(failure).anyMatch((cause) -> cause instanceof SQLException sql
				&& (String.valueOf(sql.getMessage()).contains("[SQLITE_FULL]") || "53100".equals(sql.getSQLState())));
	}

	private static Stream<Throwable> causes(Exception failure) {
		return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception failure, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (causes(failure).anyMatch(AsyncRequestNotUsableException.class::isInstance)) {
			log.debug("The caller hung up before the end of the answer: {}", failure.toString());
			return null;
		}
		if (status.is5xxServerError()) {
			return unexpected(failure);
		}
		return switch (failure) {
			case NoResourceFoundException missing -> answer(ProblemType.NOT_FOUND,
					"%s /%s is not an endpoint of this service: see /swagger-ui.html for all endpoints."
						.formatted(missing.getHttpMethod(), missing.getResourcePath()),
					List.of(), headers);
			case HttpRequestMethodNotSupportedException method -> answer(ProblemType.METHOD_NOT_ALLOWED,
					"%s is not supported here: use %s.".formatted(method.getMethod(),
							String.join(" or ",
									Objects.requireNonNullElse(method.getSupportedMethods(), new String[0]))),
					List.of(), headers);
			case HttpMediaTypeNotSupportedException type -> answer(ProblemType.UNSUPPORTED_MEDIA_TYPE,
					"Send the body as " + list(type.getSupportedMediaTypes()) + ".", List.of(), headers);
			case HttpMediaTypeNotAcceptableException type -> answer(ProblemType.NOT_ACCEPTABLE,
					"The response is " + list(type.getSupportedMediaTypes()) + ": accept that.", List.of(), headers);
			case HttpMessageNotReadableException unreadable ->
				UnreadableBody.refusal(unreadable).map(this::problem).orElseGet(() -> {
					UnreadableBody reason = UnreadableBody.of(unreadable);
					return answer(ProblemType.INVALID_REQUEST, reason.detail(), reason.errors(), headers);
				});
			case MethodArgumentNotValidException invalid -> invalid(FieldError.of(invalid), headers);
			case HandlerMethodValidationException invalid -> invalid(FieldError.of(invalid), headers);
			case MissingServletRequestParameterException missing ->
				invalid(List.of(new FieldError(missing.getParameterName(), "is missing")), headers);
			case MethodArgumentTypeMismatchException mismatch when mismatch.getRootCause() instanceof Problem refusal ->
				problem(refusal);
			case MethodArgumentTypeMismatchException mismatch ->
				invalid(List.of(new FieldError(mismatch.getName(), mismatched(mismatch))), headers);
			default ->
				answer(ProblemType.INVALID_REQUEST, (body instanceof ProblemDetail told && told.getDetail() != null)
						? told.getDetail() : "The request is not valid.", List.of(), headers);
		};
	}

	private static String reference() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
	}

	private static ResponseEntity<Object> invalid(List<FieldError> all, HttpHeaders headers) {
		List<FieldError> errors = all.subList(0, Math.min(all.size(), MOST_ERRORS));
		String detail = errors.isEmpty() ? "The request is not valid"
				: errors.stream()
					.map((error) -> "'" + error.field() + "' " + error.detail())
					.collect(Collectors.joining("; "));
		return answer(ProblemType.INVALID_REQUEST, detail + ": correct it and send the request again.", errors,
				headers);
	}

	private static String mismatched(TypeMismatchException mismatch) {
		Class<?> wanted = mismatch.getRequiredType();
		String kind = (wanted == null) ? "of another type"
				: (wanted == boolean.class || wanted == Boolean.class) ? "true or false"
						: (wanted.isPrimitive() || Number.class.isAssignableFrom(wanted)) ? "a whole number"
								: "a valid " + wanted.getSimpleName();
		return "must be " + kind + " and is '" + FieldError.shortened(String.valueOf(mismatch.getValue())) + "'";
	}

	private static String list(List<MediaType> types) {
		return types.isEmpty() ? "application/json"
				: String.join(" or ", types.stream().map(MimeType::toString).toList());
	}

	private static ResponseEntity<Object> answer(ProblemType type, String detail, List<FieldError> errors,
			HttpHeaders headers) {
		return answer(type, detail, errors, Map.of(), headers);
	}

	private static ResponseEntity<Object> answer(ProblemType type, String detail, List<FieldError> errors,
			Map<String, Object> properties, HttpHeaders headers) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(type.status(), detail);
		problem.setType(type.type());
		problem.setTitle(type.title());
		if (!errors.isEmpty()) {
			problem.setProperty("errors", errors);
		}
		properties.forEach(problem::setProperty);
		return ResponseEntity.status(type.status())
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
