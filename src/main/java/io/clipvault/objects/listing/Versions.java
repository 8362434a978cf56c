package io.clipvault.objects.listing;

import java.util.List;
import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.VersionPages;
import io.clipvault.paging.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the versions and delete markers of a bucket. */
@Component
class Versions {

	private final VersionPages pages;

	Versions(VersionPages pages) {
		this.pages = pages;
	}

	ObjectVersions list(BucketName bucket, @Nullable String prefix, @Nullable String cursor, int limit) {
		VersionPages.Page page = this.pages.after((cursor == null) ? null : marker(cursor), bucket, prefix, limit);
		VersionPages.Marker next = page.next();
		return new ObjectVersions(page.entries().stream().map(ObjectVersions.Version::of).toList(), page.cut(),
				(next == null) ? null : Cursor.of(next.key(), Objects.requireNonNullElse(next.versionId(), "")));
	}

	private static VersionPages.Marker marker(String cursor) {
		List<String> markers = Cursor.read(cursor, 2);
		String version = markers.getLast();
		return new VersionPages.Marker(markers.getFirst(), version.isEmpty() ? null : version);
	}

}
