package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;

import io.clipvault.gallery.JobClips.Entry;
import io.clipvault.links.Links;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.stereotype.Component;

/** Links that play clips, and how long they really work. */
@Component
class ClipLinks {

	private final Links links;

	private final AwsCredentialsProvider credentials;

	private final Store store;

	private final GallerySettings settings;

	private final Clock clock;

	ClipLinks(Links links, AwsCredentialsProvider credentials, Store store, GallerySettings settings, Clock clock) {
		this.links = links;
		this.credentials = credentials;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/** How long a link that is signed now works: it dies with temporary credentials. */
	Duration lifetime() {
		Duration wanted = this.settings.linkLifetime();
		Duration left = this.store.call(this.credentials::resolveCredentials)
			.expirationTime()
			.map((end) -> Duration.between(this.clock.instant(), end))
			.filter((rest) -> rest.compareTo(wanted) < 0)
			.orElse(wanted);
		if (left.toSeconds() < 1) {
			throw new Problem(ProblemType.STORE_REFUSED,
					"The temporary credentials have expired: fetch new ones and restart the service.");
		}
		return left;
	}

	String to(Entry entry, Duration lifetime) {
		return this.links.toRead(entry.key().under(this.store.prefix()), Duration.ofSeconds(lifetime.toSeconds()));
	}

}
