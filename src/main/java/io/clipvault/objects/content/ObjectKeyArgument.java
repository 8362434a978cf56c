package io.clipvault.objects.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
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
import org.springframework.web.util.UriUtils;

/**
 * Reads a key from the undecoded address, because Spring's path variables drop {@code ;}
 * and everything after it.
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
			return ofPath(path.substring(end + IN_PATH.length()));
		}
		List<String> keys = List.of(Objects.requireNonNullElse(request.getQueryString(), "").split("&"))
			.stream()
			.filter((parameterText) -> parameterText.startsWith(IN_QUERY))
			.toList();
		if (keys.size() != 1) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'key' must occur once in the query and occurs %d times: correct it and send the request again."
						.formatted(keys.size()));
		}
		return ofQuery(keys.getFirst().substring(IN_QUERY.length()));
	}

	/**
	 * Reads a key from an undecoded path, in which {@code /} and {@code %2F} are the
	 * same.
	 */
	static ObjectKey ofPath(String raw) {
		ObjectKey key = new ObjectKey(decoded(raw));
		if (key.hasDotSegment()) {
			throw refused(
					"Clients and proxies rewrite a path with '.' or '..' in it: send this key as /buckets/{bucket}/object?key=….",
					null);
		}
		return key;
	}

	/** Reads a key from the undecoded value of a query parameter. */
	static ObjectKey ofQuery(String raw) {
		return new ObjectKey(decoded(raw.replace('+', ' ')));
	}

	private static String decoded(String raw) {
		try {
			if (raw.chars().anyMatch((character) -> character > '~')) {
				throw new IllegalArgumentException("The address contains a character that is not ASCII");
			}
			// Decodes to Latin-1 first, because UriUtils would replace bytes that are
			// not UTF-8.
			byte[] bytes = UriUtils.decode(raw, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (IllegalArgumentException notEncoded) {
			throw refused(
					"The key is not percent-encoded correctly: write each byte of its UTF-8 form, and '%' itself, as %XX.",
					notEncoded);
		}
		catch (CharacterCodingException notUtf8) {
			throw refused("The key is not UTF-8: write each byte of its UTF-8 form as %XX.", notUtf8);
		}
	}

	private static Problem refused(String detail, @Nullable Exception cause) {
		return new Problem(ProblemType.INVALID_OBJECT_KEY, detail, cause);
	}

	/** Makes the web server and the controllers accept keys in this form. */
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
