package io.clipvault.objects.listing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.paging.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** Lists the versions and delete markers of a bucket. */
@Component
class Versions {

	private static final Comparator<ObjectVersions.Version> BY_KEY = Comparator
		.comparing((ObjectVersions.Version version) -> version.key().codePoints().toArray(), Arrays::compare)
		.thenComparing(ObjectVersions.Version::latest, Comparator.reverseOrder())
		.thenComparing(ObjectVersions.Version::lastModified, Comparator.reverseOrder());

	private final S3Client s3;

	private final StoreCalls calls;

	Versions(S3Client s3, StoreCalls calls) {
		this.s3 = s3;
		this.calls = calls;
	}

	ObjectVersions list(BucketName bucket, @Nullable String prefix, @Nullable String cursor, int limit) {
		ListObjectVersionsRequest.Builder request = ListObjectVersionsRequest.builder()
			.bucket(bucket.value())
			.prefix(prefix)
			.maxKeys(limit)
			.encodingType(EncodingType.URL);
		if (cursor != null) {
			List<String> markers = Cursor.read(cursor, 2);
			request.keyMarker(markers.getFirst());
			if (!markers.getLast().isEmpty()) {
				request.versionIdMarker(markers.getLast());
			}
		}
		ListObjectVersionsResponse page = this.calls.on(bucket, Feature.VERSIONS,
				() -> this.s3.listObjectVersions(request.build()));
		List<ObjectVersions.Version> versions = new ArrayList<>();
		page.versions()
			.forEach((version) -> versions
				.add(new ObjectVersions.Version(version.key(), version.versionId(), version.isLatest(), false,
						version.size(), version.eTag(), version.lastModified(), version.storageClassAsString())));
		page.deleteMarkers()
			.forEach((marker) -> versions.add(new ObjectVersions.Version(marker.key(), marker.versionId(),
					marker.isLatest(), true, null, null, marker.lastModified(), null)));
		versions.sort(BY_KEY);
		String next = Boolean.TRUE.equals(page.isTruncated())
				? Cursor.of(page.nextKeyMarker(), Objects.requireNonNullElse(page.nextVersionIdMarker(), "")) : null;
		return new ObjectVersions(versions, next);
	}

}
