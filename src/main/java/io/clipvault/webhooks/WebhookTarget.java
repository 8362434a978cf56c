package io.clipvault.webhooks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.swagger.v3.oas.annotations.media.Schema;

/** The receiver of a webhook, and the secret that signs its deliveries. */
public record WebhookTarget(
		@Schema(description = "An http or https address that takes a POST",
				example = "https://example.org/clipvault") String url,
		@Schema(description = "Signs each delivery with HMAC-SHA256; 1 to 256 characters",
				example = "a long random text", accessMode = Schema.AccessMode.WRITE_ONLY) String secret) {

	private static final int LONGEST_URL = 2048;

	private static final int LONGEST_SECRET = 256;

	public WebhookTarget {
		// Both are null if the JSON leaves them out.
		if (url == null || secret == null) {
			throw refused("'url' or 'secret' is missing: give both, or leave the webhook out");
		}
		if (url.length() > LONGEST_URL || !isAddress(url)) {
			throw refused("'url' must be an http or https address of at most 2,048 characters, "
					+ "without a user or a fragment: correct it");
		}
		if (secret.isBlank() || secret.length() > LONGEST_SECRET) {
			throw refused("'secret' must have 1 to 256 characters, not only spaces: choose another");
		}
	}

	private static boolean isAddress(String url) {
		try {
			URI uri = new URI(url);
			return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
					&& uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
					&& uri.getPort() != 0 && uri.getPort() <= 65535;
		}
		catch (URISyntaxException unreadable) {
			return false;
		}
	}

	private static Problem refused(String why) {
		return new Problem(ProblemType.INVALID_REQUEST, "The webhook's " + why + ".");
	}

	/** The host alone: one that listens on many ports is one receiver. */
	String host() {
		return URI.create(this.url).getHost().toLowerCase(Locale.ROOT);
	}

	/** Without the secret, so that no log shows it. */
	@Override
	public String toString() {
		return "WebhookTarget[" + this.url + "]";
	}

}
