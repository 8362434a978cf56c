package io.clipvault.uploads;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.clipvault.links.Links;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.stereotype.Component;

/** Signs forms that upload one file each. */
@Component
class UploadForms {

	/** The engine keeps a form in memory and accepts at most 128 MiB with all fields. */
	private static final long MAX_BYTES_OF_ENGINE = 127L << 20;

	private final Links links;

	private final Store store;

	private final AwsCredentialsProvider credentials;

	private final DirectUploadSettings settings;

	private final Clock clock;

	UploadForms(Links links, Store store, AwsCredentialsProvider credentials, DirectUploadSettings settings,
			Clock clock) {
		this.links = links;
		this.store = store;
		this.credentials = credentials;
		this.settings = settings;
		this.clock = clock;
	}

	UploadForm form(UploadKey key, @Nullable String contentType, @Nullable Long maxBytes) {
		long bound = maxBytes(maxBytes);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plus(this.links.within(this.settings.lifetime()));
		PostPolicy policy = new PostPolicy(this.store.bucket(), key.value(), key.contentType(contentType), bound);
		return new UploadForm(this.links.bucketAddress(),
				policy.sign(this.store.call(this.credentials::resolveCredentials), this.store.region(), now, end),
				key.value(), bound, end);
	}

	private long maxBytes(@Nullable Long asked) {
		long largest = this.settings.largest().toBytes();
		if (asked != null && asked > largest) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'max_bytes' must be at most %,d and is %,d.".formatted(largest, asked));
		}
		long bound = Objects.requireNonNullElse(asked, largest);
		return this.store.embedded() ? Math.min(bound, MAX_BYTES_OF_ENGINE) : bound;
	}

}
