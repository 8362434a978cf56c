package io.clipvault.objects.buckets;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import io.clipvault.abilities.Ability;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.objects.VersionPages;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Everything that keeps a bucket from being empty: objects, older versions, delete
 * markers and unfinished uploads.
 */
@Component
class BucketContents {

	private final S3Client s3;

	private final Store store;

	private final StoreCalls calls;

	private final VersionPages versions;

	private final StoreAbilities abilities;

	BucketContents(S3Client s3, Store store, StoreCalls calls, VersionPages versions, StoreAbilities abilities) {
		this.s3 = s3;
		this.store = store;
		this.calls = calls;
		this.versions = versions;
		this.abilities = abilities;
	}

	Count count(BucketName bucket) {
		long uploads = uploads(bucket).size();
		try {
			long objects = 0;
			long all = 0;
			VersionPages.Page page = this.versions.after(null, bucket, null, Store.DELETE_LIMIT);
			while (true) {
				objects += page.entries().stream().filter((entry) -> entry.latest() && !entry.isDeleteMarker()).count();
				all += page.entries().size();
				if (page.next() == null) {
					return new Count(objects, all - objects, uploads);
				}
				page = this.versions.after(page.next(), bucket, null, Store.DELETE_LIMIT);
			}
		}
		catch (StoreFailure unversioned) {
			requireUnsupported(unversioned);
			return new Count(this.calls.on(bucket, Feature.OBJECTS,
					() -> this.s3.listObjectsV2Paginator((list) -> list.bucket(bucket.value()))
						.contents()
						.stream()
						.count()),
					0, uploads);
		}
	}

	/**
	 * Deletes what the bucket holds.
	 * @param removed receives the number of deleted objects after each page
	 * @param stop asked after each page whether to stop
	 * @return whether the bucket is empty
	 */
	boolean remove(BucketName bucket, LongConsumer removed, BooleanSupplier stop) {
		for (MultipartUpload upload : uploads(bucket)) {
			this.calls.on(bucket, upload.key(), Feature.OBJECTS, () -> this.s3.abortMultipartUpload(
					(abort) -> abort.bucket(bucket.value()).key(upload.key()).uploadId(upload.uploadId())));
			removed.accept(1);
			if (stop.getAsBoolean()) {
				return false;
			}
		}
		boolean versioned = isVersioned(bucket);
		while (true) {
			// Always the first page, because the objects of the last one are gone.
			List<ObjectIdentifier> page = versioned ? versions(bucket) : objects(bucket);
			if (page.isEmpty()) {
				return true;
			}
			delete(bucket, page);
			removed.accept(page.size());
			if (stop.getAsBoolean()) {
				return false;
			}
		}
	}

	private boolean isVersioned(BucketName bucket) {
		try {
			this.calls.on(bucket, Feature.VERSIONS,
					() -> this.s3.listObjectVersions((list) -> list.bucket(bucket.value()).maxKeys(1)));
			return true;
		}
		catch (StoreFailure unversioned) {
			requireUnsupported(unversioned);
			return false;
		}
	}

	private List<ObjectIdentifier> versions(BucketName bucket) {
		ListObjectVersionsResponse page = this.calls.on(bucket, Feature.VERSIONS,
				() -> this.s3.listObjectVersions((list) -> list.bucket(bucket.value()).encodingType(EncodingType.URL)));
		return Stream
			.concat(page.versions().stream().map((version) -> identifier(version.key(), version.versionId())),
					page.deleteMarkers().stream().map((marker) -> identifier(marker.key(), marker.versionId())))
			.toList();
	}

	private List<ObjectIdentifier> objects(BucketName bucket) {
		ListObjectsV2Response page = this.calls.on(bucket, Feature.OBJECTS,
				() -> this.s3.listObjectsV2((list) -> list.bucket(bucket.value()).encodingType(EncodingType.URL)));
		return page.contents().stream().map((object) -> ObjectIdentifier.builder().key(object.key()).build()).toList();
	}

	private void delete(BucketName bucket, List<ObjectIdentifier> objects) {
		List<S3Error> kept = this.calls.on(bucket, Feature.OBJECTS, () -> this.store.delete(bucket.value(), objects));
		if (!kept.isEmpty()) {
			// The next page would list them again, so going on would never end.
			S3Error first = kept.getFirst();
			throw this.store.kept(first)
				.as(ProblemType.STORE_REFUSED,
						"The store keeps %,d objects of this page, the first '%s' (%s: %s): allow this key to delete them, or lift their lock."
							.formatted(kept.size(), first.key(), first.code(), first.message()));
		}
	}

	/** None where the store cannot list them. */
	private List<MultipartUpload> uploads(BucketName bucket) {
		return this.abilities.call(Ability.MULTIPART_LISTING,
				() -> this.calls.on(bucket, Feature.BUCKETS, () -> this.s3
					.listMultipartUploadsPaginator((list) -> list.bucket(bucket.value()).encodingType(EncodingType.URL))
					.uploads()
					.stream()
					.toList()),
				List::of);
	}

	private static ObjectIdentifier identifier(String key, String version) {
		return ObjectIdentifier.builder().key(key).versionId(version).build();
	}

	private static void requireUnsupported(StoreFailure failure) {
		if (failure.type() != ProblemType.STORE_CANNOT) {
			throw failure;
		}
	}

	/** How much a bucket holds. */
	record Count(long objects, long olderVersions, long uploads) {

		@Override
		public String toString() {
			return "%,d objects, %,d older versions and delete markers, %,d unfinished uploads".formatted(this.objects,
					this.olderVersions, this.uploads);
		}

	}

}
