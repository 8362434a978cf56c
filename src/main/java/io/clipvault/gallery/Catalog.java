package io.clipvault.gallery;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.clipvault.storage.JobId;

/** The clips that the bucket held when it was last read, newest first. */
record Catalog(List<Entry> entries) {

	private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::createdAt)
		.reversed()
		.thenComparing(Entry::job)
		.thenComparing(Entry::key)
		.thenComparingInt(Entry::index);

	static Catalog of(Stream<Entry> entries) {
		return new Catalog(entries.sorted(NEWEST_FIRST).toList());
	}

	/** A clip whose object exists under this key. */
	record Entry(JobId job, int index, String key, Instant createdAt, ClipMetadata clip) {
	}

}
