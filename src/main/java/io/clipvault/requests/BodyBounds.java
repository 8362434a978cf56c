package io.clipvault.requests;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Clock;

import io.clipvault.problems.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.hibernate.validator.HibernateValidatorFactory;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Bounds every body that a controller takes as an object, while it is read. Files and
 * archives are streamed and have bounds of their own.
 */
@ControllerAdvice
class BodyBounds extends RequestBodyAdviceAdapter {

	static final int USUAL = 64 << 10;

	private static final int MEGABYTE = 1 << 20;

	private final BodyBudget budget = new BodyBudget();

	private final Validator firstFault;

	private final Clock clock;

	BodyBounds(ValidatorFactory validators, Clock clock) {
		this.firstFault = validators.unwrap(HibernateValidatorFactory.class)
			.usingContext()
			.failFast(true)
			.getValidator();
		this.clock = clock;
	}

	@Override
	public boolean supports(MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		LargestBody larger = parameter.getMethodAnnotation(LargestBody.class);
		int most = (larger == null) ? USUAL : larger.megabytes() * MEGABYTE;
		if (message.getHeaders().getContentLength() > most) {
			throw BoundedBody.tooLarge(most);
		}
		BoundedBody body = new BoundedBody(message.getBody(), most, this.budget, this.clock);
		// The object that is read from the body lives as long as the request.
		RequestContextHolder.currentRequestAttributes()
			.registerDestructionCallback(BodyBounds.class.getName(), body::release, RequestAttributes.SCOPE_REQUEST);
		return new BoundedMessage(message.getHeaders(), body);
	}

	/**
	 * Stops at the first fault of a large body: the faults of 100,000 entries would take
	 * far more memory than the entries.
	 */
	@Override
	public Object afterBodyRead(Object body, HttpInputMessage message, MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) {
		if (parameter.hasMethodAnnotation(LargestBody.class)) {
			this.firstFault.validate(body).forEach((fault) -> {
				throw refused(fault);
			});
		}
		return body;
	}

	private static Problem refused(ConstraintViolation<Object> fault) {
		return Problem.ofField(fault.getPropertyPath().toString().replace(".<list element>", ""), fault.getMessage(),
				fault.getInvalidValue());
	}

	/** The message with its body bounded. */
	private record BoundedMessage(HttpHeaders headers, InputStream body) implements HttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

	}

}
