package io.clipvault.gallery;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Answers what people ask of the gallery. */
@Component
class Gallery {

	private final LiveCatalog live;

	private final Pages pages;

	Gallery(LiveCatalog live, Pages pages) {
		this.live = live;
		this.pages = pages;
	}

	Answer see(View view, boolean refresh) {
		return answer(this.live.get(refresh), view);
	}

	/** The answer if nobody has to wait for it, and nothing about it needs saying. */
	@Nullable Answer ready(View view) {
		LiveCatalog.Standing standing = this.live.fresh();
		return (standing != null) ? answer(standing, view) : null;
	}

	private Answer answer(LiveCatalog.Standing standing, View view) {
		return new Answer(this.pages.page(standing.catalog(), view), standing);
	}

	/** A page, and how good the catalog is that it was cut from. */
	record Answer(Page page, LiveCatalog.Standing standing) {

		private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(?:\\.0*)?$");

		void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setHeader(HttpHeaders.ETAG, this.page.etag());
			// Links end: whoever keeps an answer asks first whether it still holds.
			response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			Duration age = this.standing.age();
			response.setHeader(HttpHeaders.AGE, Long.toString(Math.max(0, age.toSeconds())));
			if (this.standing.stale() || this.standing.failing()) {
				response.setHeader(HttpHeaders.WARNING, this.standing.failing()
						? "111 clipvault \"Revalidation Failed\"" : "110 clipvault \"Response is Stale\"");
			}
			if (this.page.next() != null) {
				response.setHeader(HttpHeaders.LINK, "<" + this.page.next() + ">; rel=\"next\"");
			}
			if (this.page.isNamedBy(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
				response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
				return;
			}
			boolean compressed = takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
			if (compressed) {
				response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
			}
			byte[] body = this.page.body(compressed);
			response.setContentType(MediaType.APPLICATION_JSON_VALUE);
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}

		private static boolean takesGzip(@Nullable String accepted) {
			if (accepted == null) {
				return false;
			}
			for (String coding : StringUtils.commaDelimitedListToStringArray(accepted)) {
				String stripped = coding.strip();
				if (stripped.startsWith("gzip")) {
					return !REFUSED.matcher(stripped).find();
				}
			}
			return false;
		}

	}

}
