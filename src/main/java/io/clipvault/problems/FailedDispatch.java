package io.clipvault.problems;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Turns failures outside the controllers, in a filter for example, into problems.
 */
@RestController
@Hidden
class FailedDispatch implements ErrorController {

	@RequestMapping("/error")
	void answer(HttpServletRequest request) {
		HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
		Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		throw switch (status) {
			case METHOD_NOT_ALLOWED -> new Problem(ProblemType.METHOD_NOT_ALLOWED,
					"This method is not supported at %s: see /swagger-ui.html for those that are.".formatted(path));
			case NOT_FOUND -> new Problem(ProblemType.NOT_FOUND,
					"There is no endpoint at %s: see /swagger-ui.html for all endpoints.".formatted(path));
			default ->
				status.is4xxClientError()
						? new Problem(ProblemType.INVALID_REQUEST,
								"The request to %s was refused (%s): correct it and send it again.".formatted(path,
										status))
						: new IllegalStateException("A request to " + path + " failed outside the controllers");
		};
	}

	/**
	 * Without a status somebody called /error itself, which is not an endpoint.
	 */
	private static HttpStatus status(@Nullable Object code) {
		HttpStatus status = (code instanceof Integer number) ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
		return (status == null) ? HttpStatus.INTERNAL_SERVER_ERROR : status;
	}

}
