package io.clipvault.gallery.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.clipvault.layouts.JobId;
import io.clipvault.storage.ParallelCalls;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists the bucket, several ranges of keys in parallel. */
@Component
class BucketListing {

	private final S3Client s3;

	private final Store store;

	private final CatalogSettings settings;

	BucketListing(S3Client s3, Store store, CatalogSettings settings) {
		this.s3 = s3;
		this.store = store;
		this.settings = settings;
	}

	/** Lists the whole bucket; each cut ends one range and begins the next. */
	Listing whole(List<String> cuts) {
		List<Callable<Listing>> ranges = new ArrayList<>();
		String after = null;
		for (String cut : cuts) {
			ranges.add(range(this.store.prefix(), after, cut));
			after = cut;
		}
		ranges.add(range(this.store.prefix(), after, null));
		return ParallelCalls.all(this.settings.parallelListings(), ranges)
			.stream()
			.reduce(Listing::then)
			.orElseGet(Listing::new);
	}

	Listing.Files of(JobId job) {
		Listing listing = list(this.store.prefix() + job + "/", null, null);
		return listing.jobs().getOrDefault(job, new Listing.Files());
	}

	private Callable<Listing> range(String prefix, @Nullable String after, @Nullable String last) {
		return () -> list(prefix, after, last);
	}

	private Listing list(String prefix, @Nullable String after, @Nullable String last) {
		Listing listing = new Listing();
		String token = null;
		do {
			ListObjectsV2Response page = page(prefix, after, token);
			if (listing.add(this.store.prefix(), page.contents(), last)) {
				return listing;
			}
			token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
		}
		while (token != null);
		return listing;
	}

	private ListObjectsV2Response page(String prefix, @Nullable String after, @Nullable String token) {
		// Without the encoding, a key with a control character breaks the XML.
		ListObjectsV2Request.Builder list = ListObjectsV2Request.builder()
			.bucket(this.store.bucket())
			.prefix(prefix)
			.encodingType(EncodingType.URL);
		if (token != null) {
			list.continuationToken(token);
		}
		else if (after != null) {
			list.startAfter(after);
		}
		return this.store.call(() -> this.s3.listObjectsV2(list.build()));
	}

}
