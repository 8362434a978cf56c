package io.clipvault.gallery;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.clipvault.gallery.JobClips.Entry;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * The clips that the bucket held when it was last listed, newest first; it never changes.
 *
 * @param edition stays the same as long as the clips do
 * @param cuts where the next listing may be cut into ranges
 */
record Catalog(Object edition, Instant readAt, Map<JobId, JobClips> jobs, List<Entry> entries, List<String> cuts) {

	private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::position);

	static final Catalog NOTHING = new Catalog(new Object(), Instant.EPOCH, Map.of(), List.of(), List.of());

	/** What the bucket holds now; where nothing changed, this catalog read anew. */
	Catalog next(Collection<JobClips> listed, Instant at, List<String> newCuts) {
		Map<JobId, JobClips> next = new HashMap<>();
		boolean changed = listed.size() != this.jobs.size();
		for (JobClips job : listed) {
			JobClips last = this.jobs.get(job.job());
			boolean same = job.equals(last);
			next.put(job.job(), same ? last : job);
			changed |= !same;
		}
		return changed ? of(next, at, newCuts) : new Catalog(this.edition, at, this.jobs, this.entries, newCuts);
	}

	/** The same bucket with these jobs as they are now. */
	Catalog with(Collection<JobClips> changed) {
		Map<JobId, JobClips> next = new HashMap<>(this.jobs);
		boolean any = false;
		for (JobClips job : changed) {
			JobClips last = job.isEmpty() ? next.remove(job.job()) : next.put(job.job(), job);
			any |= job.isEmpty() ? last != null : !job.equals(last);
		}
		return any ? of(next, this.readAt, this.cuts) : this;
	}

	private Catalog of(Map<JobId, JobClips> next, Instant at, List<String> newCuts) {
		List<Entry> sorted = next.values()
			.stream()
			.flatMap((job) -> job.entries().stream())
			.sorted(NEWEST_FIRST)
			.toList();
		return new Catalog(new Object(), at, next, sorted, newCuts);
	}

	/** The clips of the whole bucket, or of one job, that come after a position. */
	Stream<Entry> after(@Nullable Position position, @Nullable JobId job) {
		List<Entry> all = (job != null) ? of(job) : this.entries;
		if (position == null) {
			return all.stream();
		}
		return all.subList(firstAfter(all, position), all.size()).stream();
	}

	private List<Entry> of(JobId job) {
		JobClips clips = this.jobs.get(job);
		return (clips != null) ? clips.entries().stream().sorted(NEWEST_FIRST).toList() : List.of();
	}

	private static int firstAfter(List<Entry> entries, Position position) {
		int low = 0;
		int high = entries.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (entries.get(middle).position().compareTo(position) > 0) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	boolean shows(JobId job) {
		return !of(job).isEmpty();
	}

	/** How many metadata files are left out. */
	long strange() {
		return this.jobs.values()
			.stream()
			.flatMap((job) -> job.sources().stream())
			.filter((source) -> source.content() instanceof Metadata.Unusable)
			.count();
	}

}
