package io.clipvault.objects;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

/** Where a list goes on, as a text that callers hand back and do not read. */
final class Cursor {

	/** No key holds it, so that it can stand between the texts of a cursor. */
	private static final String SEPARATOR = "\0";

	private static final String PARAMETER = "cursor";

	private Cursor() {
	}

	static String of(String... texts) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(String.join(SEPARATOR, texts).getBytes(StandardCharsets.UTF_8));
	}

	/** The texts of a cursor; refuses one that no list gave. */
	static List<String> read(String cursor, int texts) {
		try {
			List<String> read = List
				.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1));
			if (read.size() == texts) {
				return read;
			}
		}
		catch (IllegalArgumentException notBase64) {
			// Told below, like one with other texts.
		}
		throw new Problem(ProblemType.INVALID_REQUEST,
				"'cursor' is not one that this list gave: leave it out to start again.");
	}

	/** Answers with a page, and with the address of the next one. */
	static <T> ResponseEntity<T> page(T page, @Nullable String next) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (next != null) {
			answer.header(HttpHeaders.LINK, "<" + address(next) + ">; rel=\"next\"");
		}
		return answer.body(page);
	}

	private static String address(String next) {
		HttpServletRequest request = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
			.getRequest();
		return address(request.getRequestURI(), request.getQueryString(), next);
	}

	/** Keeps the query as the caller wrote it: a '=' in a value is allowed there. */
	static String address(String path, @Nullable String query, String next) {
		StringBuilder address = new StringBuilder(path).append('?');
		for (String parameter : StringUtils.tokenizeToStringArray(query, "&")) {
			if (!parameter.equals(PARAMETER) && !parameter.startsWith(PARAMETER + "=")) {
				address.append(parameter).append('&');
			}
		}
		return address.append(PARAMETER).append('=').append(UriUtils.encode(next, StandardCharsets.UTF_8)).toString();
	}

}
