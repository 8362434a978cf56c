package io.clipvault.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

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

/** The opaque cursor with which a caller asks for the next page of a list. */
public final class Cursor {

	/** Neither an object key nor a job id can contain it. */
	private static final String SEPARATOR = "\0";

	/** More than a key of 1,024 bytes with what stores add to it. */
	private static final int LONGEST = 4096;

	private static final String PARAMETER = "cursor";

	private Cursor() {
	}

	public static String of(String... texts) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(String.join(SEPARATOR, texts).getBytes(StandardCharsets.UTF_8));
	}

	/** Reads the texts of a cursor; refuses one that {@link #of} did not make. */
	public static List<String> read(String cursor, int texts) {
		if (cursor.length() > LONGEST) {
			throw refused(null);
		}
		try {
			List<String> read = List
				.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1));
			if (read.size() == texts) {
				return read;
			}
		}
		catch (IllegalArgumentException notBase64) {
			throw refused(notBase64);
		}
		throw refused(null);
	}

	/** The problem for a cursor whose texts the list cannot interpret. */
	public static Problem refused(@Nullable Exception cause) {
		return new Problem(ProblemType.INVALID_REQUEST,
				"'cursor' does not belong to this list: take it from the previous page, or leave it out to start from the beginning.",
				cause);
	}

	/**
	 * Answers with one page of the entries.
	 * @param found the entries, with one more than the limit if there is another page
	 * @param view what callers see of an entry
	 * @param cursor makes the cursor that continues after an entry
	 */
	public static <T, V> ResponseEntity<List<V>> page(List<T> found, int limit, Function<T, V> view,
			Function<T, String> cursor) {
		List<T> page = found.subList(0, Math.min(found.size(), limit));
		return page(page.stream().map(view).toList(), (found.size() > limit) ? cursor.apply(page.getLast()) : null);
	}

	/** The response with a page, and a link to the next one if it has a cursor. */
	public static <T> ResponseEntity<T> page(T page, @Nullable String next) {
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

	/** Keeps the caller's query unparsed: values may contain an unencoded '='. */
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
