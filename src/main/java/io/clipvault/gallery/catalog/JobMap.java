package io.clipvault.gallery.catalog;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Jobs by id, immutable and yet cheap to change: a changed copy shares all but one of
 * many small maps.
 */
final class JobMap extends AbstractMap<JobId, JobClips> {

	private static final int SHARDS = 1024;

	static final JobMap EMPTY = new JobMap(Collections.nCopies(SHARDS, Map.of()), 0);

	private final List<Map<JobId, JobClips>> shards;

	private final int size;

	private JobMap(List<Map<JobId, JobClips>> shards, int size) {
		this.shards = shards;
		this.size = size;
	}

	static JobMap of(Iterable<JobClips> jobs) {
		List<Map<JobId, JobClips>> shards = new ArrayList<>(EMPTY.shards);
		int size = 0;
		for (JobClips job : jobs) {
			int shard = shard(job.job());
			if (shards.get(shard).isEmpty()) {
				shards.set(shard, new HashMap<>());
			}
			size += (shards.get(shard).put(job.job(), job) == null) ? 1 : 0;
		}
		return new JobMap(shards, size);
	}

	/** The same jobs with this one in its present state; an empty one is left out. */
	JobMap with(JobClips job) {
		int shard = shard(job.job());
		Map<JobId, JobClips> changed = new HashMap<>(this.shards.get(shard));
		if (job.isEmpty()) {
			changed.remove(job.job());
		}
		else {
			changed.put(job.job(), job);
		}
		List<Map<JobId, JobClips>> next = new ArrayList<>(this.shards);
		next.set(shard, changed);
		return new JobMap(next, this.size + changed.size() - this.shards.get(shard).size());
	}

	@Override
	public @Nullable JobClips get(@Nullable Object job) {
		return (job instanceof JobId id) ? this.shards.get(shard(id)).get(id) : null;
	}

	@Override
	public boolean containsKey(@Nullable Object job) {
		return get(job) != null;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public Set<Map.Entry<JobId, JobClips>> entrySet() {
		return new AbstractSet<>() {

			@Override
			public Iterator<Map.Entry<JobId, JobClips>> iterator() {
				return JobMap.this.shards.stream().flatMap((shard) -> shard.entrySet().stream()).iterator();
			}

			@Override
			public int size() {
				return JobMap.this.size;
			}

		};
	}

	private static int shard(JobId job) {
		return Math.floorMod(job.hashCode() * 0x9E3779B9, SHARDS);
	}

}
