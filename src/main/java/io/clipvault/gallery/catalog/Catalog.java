package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
public record Catalog(Object edition, Instant readAt, JobMap jobs, List<ClipEntry> entries, List<String> cuts) {

	public static final Catalog EMPTY = new Catalog(new Object(), Instant.EPOCH, JobMap.EMPTY, List.of(), List.of());

	private static final Comparator<ClipEntry> NEWEST_FIRST = Comparator.comparing(ClipEntry::position);

	/** The catalog after a listing; it keeps its edition if the clips are the same. */
	Catalog next(Collection<JobClips> listed, Instant at, List<String> newCuts) {
		List<JobClips> next = new ArrayList<>(listed.size());
		boolean changed = listed.size() != this.jobs.size();
		for (JobClips job : listed) {
			JobClips last = this.jobs.get(job.job());
			boolean same = job.equals(last);
			next.add((same && last != null) ? last : job);
			changed |= !same;
		}
		return changed ? new Catalog(new Object(), at, JobMap.of(next), sorted(next), newCuts)
				: new Catalog(this.edition, at, this.jobs, this.entries, newCuts);
	}

	/**
	 * The same catalog with these jobs replaced. It copies references and looks at the
	 * clips of these jobs only, because it is called for each job that is published.
	 */
	Catalog with(Collection<JobClips> changed) {
		JobMap next = this.jobs;
		boolean any = false;
		Map<Position, Optional<ClipEntry>> edits = new TreeMap<>();
		for (JobClips job : changed) {
			JobClips last = next.get(job.job());
			if (job.isEmpty() ? last != null : !job.equals(last)) {
				next = next.with(job);
				any = true;
				if (last != null) {
					last.entries().forEach((entry) -> edits.put(entry.position(), Optional.empty()));
				}
				job.entries().forEach((entry) -> edits.put(entry.position(), Optional.of(entry)));
			}
		}
		return any ? new Catalog(new Object(), this.readAt, next, edited(this.entries, edits), this.cuts) : this;
	}

	private static List<ClipEntry> sorted(Collection<JobClips> jobs) {
		return jobs.stream().flatMap((job) -> job.entries().stream()).sorted(NEWEST_FIRST).toList();
	}

	/** Replaces the clips at these positions, or removes or inserts them. */
	private static List<ClipEntry> edited(List<ClipEntry> entries, Map<Position, Optional<ClipEntry>> edits) {
		List<ClipEntry> next = new ArrayList<>(entries.size() + edits.size());
		int copied = 0;
		for (Map.Entry<Position, Optional<ClipEntry>> edit : edits.entrySet()) {
			int after = firstAfter(entries, edit.getKey());
			boolean there = after > 0 && entries.get(after - 1).position().equals(edit.getKey());
			next.addAll(entries.subList(copied, there ? after - 1 : after));
			edit.getValue().ifPresent(next::add);
			copied = after;
		}
		next.addAll(entries.subList(copied, entries.size()));
		return Collections.unmodifiableList(next);
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
