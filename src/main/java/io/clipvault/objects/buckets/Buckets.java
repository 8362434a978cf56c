package io.clipvault.objects.buckets;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketScope;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.paging.Cursor;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.BucketCreated;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/** Lists and creates buckets in the store. */
@Component
class Buckets {

	private final S3Client s3;

	private final Store store;

	private final StoreCalls calls;

	private final BucketScope scope;

	private final ApplicationEventPublisher events;

	Buckets(S3Client s3, Store store, StoreCalls calls, BucketScope scope, ApplicationEventPublisher events) {
		this.s3 = s3;
		this.store = store;
		this.calls = calls;
		this.scope = scope;
		this.events = events;
	}

	BucketPage list(@Nullable String after, int limit) {
		List<Bucket> rest = all().stream()
			.filter((bucket) -> after == null || bucket.name().compareTo(after) > 0)
			.sorted(Comparator.comparing(Bucket::name))
			.limit(limit + 1L)
			.toList();
		if (rest.size() <= limit) {
			return new BucketPage(rest, null);
		}
		List<Bucket> page = rest.subList(0, limit);
		return new BucketPage(page, Cursor.of(page.getLast().name()));
	}

	/**
	 * Asks for named buckets one by one, because credentials for these alone may not list
	 * all.
	 */
	private List<Bucket> all() {
		if (!this.scope.isUnlimited()) {
			return this.scope.names().stream().map(this::headOrNull).filter(Objects::nonNull).toList();
		}
		return this.calls.on(this.scope.own(), Feature.BUCKETS,
				() -> this.s3.listBucketsPaginator()
					.buckets()
					.stream()
					.map((bucket) -> new Bucket(bucket.name(), bucket.bucketRegion(), bucket.creationDate()))
					.toList());
	}

	private @Nullable Bucket headOrNull(BucketName bucket) {
		try {
			return get(bucket);
		}
		catch (StoreFailure failure) {
			if (failure.status() == 404) {
				return null;
			}
			throw failure;
		}
	}

	Bucket get(BucketName bucket) {
		HeadBucketResponse head = this.calls.on(bucket, Feature.BUCKETS,
				() -> this.s3.headBucket((request) -> request.bucket(bucket.value())));
		return new Bucket(bucket.value(), head.bucketRegion(), null);
	}

	Bucket create(BucketName bucket, @Nullable String region) {
		if (headOrNull(bucket) != null) {
			// Some stores answer a second creation like the first.
			throw new Problem(ProblemType.BUCKET_EXISTS,
					"There is a bucket '%s' already: use it, or choose another name.".formatted(bucket));
		}
		CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(bucket.value());
		if (region != null && !region.equals(this.store.region())) {
			request.createBucketConfiguration((configuration) -> configuration.locationConstraint(region));
		}
		this.calls.on(bucket, Feature.BUCKETS, () -> this.s3.createBucket(request.build()));
		this.events.publishEvent(new BucketCreated(bucket.value()));
		return new Bucket(bucket.value(), (region != null) ? region : this.store.region(), null);
	}

}
