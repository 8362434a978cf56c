package io.clipvault.gallery;

import java.io.IOException;
import java.util.regex.Pattern;

import io.clipvault.gallery.catalog.LiveCatalog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Answers a view of the gallery with a page of the current catalog. */
@Component
class Gallery {

	private final LiveCatalog live;

	private final Pages pages;

	Gallery(LiveCatalog live, Pages pages) {
		this.live = live;
		this.pages = pages;
	}

	Answer answer(View view, boolean refresh) {
		return answer(this.live.get(refresh), view);
	}

	/** The answer if the catalog is fresh, so that the caller need not wait. */
	@Nullable Answer ready(View view) {
		LiveCatalog.Snapshot snapshot = this.live.fresh();
		return (snapshot != null) ? answer(snapshot, view) : null;
	}

	private Answer answer(LiveCatalog.Snapshot snapshot, View view) {
		return new Answer(this.pages.page(snapshot.catalog(), view), snapshot);
	}

	/** A page, and the catalog that it was made from. */
	record Answer(Page page, LiveCatalog.Snapshot snapshot) {

		private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(?:\\.0*)?$");

		void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setHeader(HttpHeaders.ETAG, this.page.etag());
			// Links end, so a cache must ask whether its answer is still good.
			response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			response.setHeader(HttpHeaders.AGE, Long.toString(Math.max(0, this.snapshot.age().toSeconds())));
			if (this.page.next() != null) {
				response.setHeader(HttpHeaders.LINK, "<" + this.page.next() + ">; rel=\"next\"");
			}
			if (this.page.matches(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
				response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
				return;
			}
			boolean compressed = acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
			if (compressed) {
				response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
			}
			byte[] body = this.page.body(compressed);
			response.setContentType(MediaType.APPLICATION_JSON_VALUE);
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}

		private static boolean acceptsGzip(@Nullable String acceptEncoding) {
			if (acceptEncoding == null) {
				return false;
			}
			for (String coding : StringUtils.commaDelimitedListToStringArray(acceptEncoding)) {
				String stripped = coding.strip();
				if (stripped.startsWith("gzip")) {
					return !REFUSED.matcher(stripped).find();
				}
			}
			return false;
		}

	}

}
