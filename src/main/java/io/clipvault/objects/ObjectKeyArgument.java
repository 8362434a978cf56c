package io.clipvault.objects;

import java.util.List;
import java.util.Objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads a key from the address as the caller wrote it: what Spring makes of a path drops
 * {@code ;} and what follows it.
 */
class ObjectKeyArgument implements HandlerMethodArgumentResolver {

	private static final String IN_PATH = "/objects/";

	private static final String IN_QUERY = "key=";

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == ObjectKey.class;
	}

	@Override
	public ObjectKey resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binders) {
		HttpServletRequest request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
		String path = request.getRequestURI().substring(request.getContextPath().length());
		int bucket = path.indexOf('/', 1) + 1;
		int end = path.indexOf('/', bucket);
		if (end > 0 && path.startsWith(IN_PATH, end)) {
			return ObjectKey.ofPath(path.substring(end + IN_PATH.length()));
		}
		List<String> keys = List.of(Objects.requireNonNullElse(request.getQueryString(), "").split("&"))
			.stream()
			.filter((parameterText) -> parameterText.startsWith(IN_QUERY))
			.toList();
		if (keys.size() != 1) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'key' must be in the query once and is there %d times: correct it and send the request again."
						.formatted(keys.size()));
		}
		return ObjectKey.ofQuery(keys.getFirst().substring(IN_QUERY.length()));
	}

	/** Makes web server and controllers take keys so. */
	@Configuration(proxyBeanMethods = false)
	static class Carrier implements WebMvcConfigurer {

		@Override
		public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
			resolvers.add(new ObjectKeyArgument());
		}

		/** Swagger UI and most clients write the slashes of a path parameter as %2F. */
		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
			return (tomcat) -> tomcat
				.addConnectorCustomizers((connector) -> connector.setEncodedSolidusHandling("passthrough"));
		}

	}

}
