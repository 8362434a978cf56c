package io.clipvault.objects;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.clipvault.storage.TestStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** A store that ends a page within the versions of a key and does not tell where. */
class VersionPagesTests {

	private static final BucketName BUCKET = BucketNames.of("versions");

	private final Listed store = new Listed();

	private final VersionPages pages = TestCalls.versions(this.store, TestStores.of(this.store, "versions", ""));

	@ParameterizedTest
	@CsvSource({ "1,", "2,", "3,", "4,", "7,", "100,", "1,null", "2,null", "3,null", "4,null", "7,null", "100,null" })
	void pagesWhenNoVersionMarkerIsToldHaveEveryVersionOnce(int limit, @Nullable String marker) {
		this.store.marker = marker;
		this.store.add("a", 1);
		this.store.add("b", 5);
		this.store.add("bb", 3);
		this.store.add("c", 2);
		assertThat(all(limit)).hasSize(11).doesNotHaveDuplicates();
	}

	@Test
	void pageWhenOneKeyHasMoreVersionsThanTheStoreListsNamesIt() {
		this.store.add("a", 1001);
		this.store.add("b", 1);
		VersionPages.Page page = this.pages.after(null, BUCKET, null, 10);
		assertThat(page.cut()).isEqualTo("a");
		assertThat(page.entries()).hasSize(1000);
		VersionPages.Page next = this.pages.after(Objects.requireNonNull(page.next()), BUCKET, null, 10);
		assertThat(next.entries()).extracting(StoredVersion::key).containsExactly("b");
		assertThat(next.cut()).isNull();
	}

	private List<String> all(int limit) {
		List<String> found = new ArrayList<>();
		VersionPages.@Nullable Marker marker = null;
		do {
			VersionPages.Page page = this.pages.after(marker, BUCKET, null, limit);
			page.entries().forEach((entry) -> found.add(entry.key() + " " + entry.versionId()));
			assertThat(page.cut()).isNull();
			marker = page.next();
		}
		while (marker != null);
		return found;
	}

	/** Lists as Swift's s3api does. */
	private static final class Listed implements S3Client {

		private final List<ObjectVersion> versions = new ArrayList<>();

		private @Nullable String marker;

		void add(String key, int count) {
			IntStream.range(0, count)
				.forEach((number) -> this.versions.add(ObjectVersion.builder()
					.key(key)
					.versionId(String.valueOf(number))
					.isLatest(number == 0)
					.size(1L)
					.lastModified(Instant.EPOCH.minusSeconds(number))
					.build()));
		}

		@Override
		public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
			List<ObjectVersion> rest = this.versions.stream()
				.filter((version) -> request.keyMarker() == null || version.key().compareTo(request.keyMarker()) > 0)
				.filter((version) -> request.prefix() == null || version.key().startsWith(request.prefix()))
				.toList();
			List<ObjectVersion> page = rest.stream().limit(request.maxKeys()).toList();
			boolean truncated = page.size() < rest.size();
			return ListObjectVersionsResponse.builder()
				.versions(page)
				.isTruncated(truncated)
				.nextKeyMarker(truncated ? page.getLast().key() : null)
				.nextVersionIdMarker(truncated ? this.marker : null)
				.build();
		}

		@Override
		public String serviceName() {
			return "s3";
		}

		@Override
		public void close() {
		}

	}

}
