package io.clipvault.links;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.clipvault.storage.Store;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.stereotype.Component;

/** Signs forms; a form ends no later than the credentials that sign it. */
@Component
public class Forms {

	private final Links links;

	private final Store store;

	private final AwsCredentialsProvider credentials;

	private final Clock clock;

	Forms(Links links, Store store, AwsCredentialsProvider credentials, Clock clock) {
		this.links = links;
		this.store = store;
		this.credentials = credentials;
		this.clock = clock;
	}

	/** Signs a form for one key of the service's bucket. */
	public Signed sign(String key, String contentType, long maxBytes, Duration lifetime) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plus(this.links.within(lifetime));
		Map<String, String> fields = new PostPolicy(this.store.bucket(), key, contentType, maxBytes)
			.sign(this.store.call(this.credentials::resolveCredentials), this.store.region(), now, end);
		return new Signed(this.links.bucketAddress(), fields, end);
	}

	/**
	 * A signed form.
	 *
	 * @param url the address for browsers
	 * @param fields the fields before the file, in their order
	 */
	public record Signed(URI url, Map<String, String> fields, Instant end) {
	}

}
