package io.clipvault.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

import org.springframework.stereotype.Component;

/**
 * Lists versions and delete markers page by page. Some stores do not tell where in the
 * versions of one key a page ended; there a page ends with the last version of a key.
 */
@Component
public class VersionPages {

	private static final int LARGEST_PAGE = 1000;

	private final S3Client s3;

	private final StoreCalls calls;

	VersionPages(S3Client s3, StoreCalls calls) {
		this.s3 = s3;
		this.calls = calls;
	}

	/** The page after a marker; the first one if it is {@code null}. */
	public Page after(@Nullable Marker marker, BucketName bucket, @Nullable String prefix, int limit) {
		ListObjectVersionsRequest.Builder request = ListObjectVersionsRequest.builder()
			.bucket(bucket.value())
			.prefix(prefix)
			.maxKeys(limit)
			.encodingType(EncodingType.URL);
		if (marker != null) {
			request.keyMarker(marker.key()).versionIdMarker(marker.versionId());
		}
		ListObjectVersionsResponse page = list(bucket, request.build());
		List<StoredVersion> entries = entries(page);
		if (!Boolean.TRUE.equals(page.isTruncated())) {
			return new Page(entries, null, null);
		}
		if (marksItsPlace(page, entries)) {
			return new Page(entries, new Marker(page.nextKeyMarker(), page.nextVersionIdMarker()), null);
		}
		return wholeKeys(entries, bucket, Objects.requireNonNullElse(page.nextKeyMarker(), entries.getLast().key()));
	}

	/** Swift's marker is always "null", whatever the last version of the page is. */
	private static boolean marksItsPlace(ListObjectVersionsResponse page, List<StoredVersion> entries) {
		String marker = page.nextVersionIdMarker();
		if ("null".equals(marker)) {
			return marker.equals(entries.getLast().versionId());
		}
		return marker != null;
	}

	/** Leaves out the last key, of which versions may be missing, or lists it alone. */
	private Page wholeKeys(List<StoredVersion> entries, BucketName bucket, String last) {
		List<StoredVersion> whole = entries.stream().filter((entry) -> !entry.key().equals(last)).toList();
		if (!whole.isEmpty()) {
			return new Page(whole, new Marker(whole.getLast().key(), null), null);
		}
		ListObjectVersionsResponse all = list(bucket,
				ListObjectVersionsRequest.builder()
					.bucket(bucket.value())
					.prefix(last)
					.maxKeys(LARGEST_PAGE)
					.encodingType(EncodingType.URL)
					.build());
		List<StoredVersion> found = entries(all).stream().filter((entry) -> entry.key().equals(last)).toList();
		boolean cut = Boolean.TRUE.equals(all.isTruncated()) && found.size() == entries(all).size();
		return new Page(found, new Marker(last, null), cut ? last : null);
	}

	private ListObjectVersionsResponse list(BucketName bucket, ListObjectVersionsRequest request) {
		return this.calls.on(bucket, Feature.VERSIONS, () -> this.s3.listObjectVersions(request));
	}

	private static List<StoredVersion> entries(ListObjectVersionsResponse page) {
		List<StoredVersion> entries = new ArrayList<>();
		page.versions().forEach((version) -> entries.add(StoredVersion.of(version)));
		page.deleteMarkers().forEach((marker) -> entries.add(StoredVersion.of(marker)));
		entries.sort(StoredVersion.BY_KEY);
		return entries;
	}

	/** Where the next page begins. */
	public record Marker(String key, @Nullable String versionId) {
	}

	/**
	 * A page of versions, sorted by key, the newest of each first.
	 *
	 * @param next where to go on; null after the last page
	 * @param cut the key of which the store does not list all versions; null if there is
	 * none
	 */
	public record Page(List<StoredVersion> entries, @Nullable Marker next, @Nullable String cut) {
	}

}
