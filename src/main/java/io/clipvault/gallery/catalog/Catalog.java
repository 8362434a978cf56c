package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of the bucket's clips, newest first.
 *
 * @param edition the same object as long as the clips are the same
 * @param readAt when the bucket was listed
 * @param cuts the keys where the next listing splits into ranges
 */
public record Catalog(Object edition, Instant readAt, Map<JobId, JobClips> jobs, List<ClipEntry> entries,
		List<String> cuts) {

	public static final Catalog EMPTY = new Catalog(new Object(), Instant.EPOCH, Map.of(), List.of(), List.of());

	private static final Comparator<ClipEntry> NEWEST_FIRST = Comparator.comparing(ClipEntry::position);

	/** The catalog after a listing; it keeps its edition if the clips are the same. */
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

	/** The same catalog with these jobs replaced. */
	Catalog with(Collection<JobClips> changed) {
		Map<JobId, JobClips> next = new HashMap<>(this.jobs);
		boolean any = false;
		for (JobClips job : changed) {
			JobClips last = job.isEmpty() ? next.remove(job.job()) : next.put(job.job(), job);
			any |= job.isEmpty() ? last != null : !job.equals(last);
		}
		return any ? of(next, this.readAt, this.cuts) : this;
	}

	private static Catalog of(Map<JobId, JobClips> jobs, Instant at, List<String> cuts) {
		List<ClipEntry> sorted = jobs.values()
			.stream()
			.flatMap((job) -> job.entries().stream())
			.sorted(NEWEST_FIRST)
			.toList();
		return new Catalog(new Object(), at, jobs, sorted, cuts);
	}

	/** The clips after a position, of the whole bucket or of one job. */
	public Stream<ClipEntry> after(@Nullable Position position, @Nullable JobId job) {
		List<ClipEntry> all = (job != null) ? of(job) : this.entries;
		if (position == null) {
			return all.stream();
		}
		return all.subList(firstAfter(all, position), all.size()).stream();
	}

	private List<ClipEntry> of(JobId job) {
		JobClips clips = this.jobs.get(job);
		return (clips != null) ? clips.entries().stream().sorted(NEWEST_FIRST).toList() : List.of();
	}

	private static int firstAfter(List<ClipEntry> entries, Position position) {
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

	/** Whether the job has at least one clip. */
	public boolean contains(JobId job) {
		return !of(job).isEmpty();
	}

	/** Counts the metadata files that are left out. */
	long countUnusable() {
		return this.jobs.values()
			.stream()
			.flatMap((job) -> job.sources().stream())
			.filter((source) -> source.content() instanceof Metadata.Unusable)
			.count();
	}

}
