package io.clipvault.jobs.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.RootId;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the bucket has to hold: the files of completed jobs, also of those whose row the
 * history has forgotten.
 */
@Component
public class StoredFiles {

	private static final String RECEIVED = " received = revision AND status = 'completed' AND ended_at <= :before";

	private static final String DUE = " status = 'completed' AND pruned_at IS NULL AND ended_at <= :before"
			+ " AND (restored_at IS NULL OR restored_at <= :before)";

	private final JdbcClient database;

	private final RootId root;

	private final Clock clock;

	StoredFiles(JdbcClient database, RootId root, Clock clock) {
		this.database = database;
		this.root = root;
		this.clock = clock;
	}

	/**
	 * The next jobs that have files, in a fixed order, whether they are completed or not.
	 */
	public List<JobId> after(String job, int limit) {
		return this.database
			.sql("SELECT DISTINCT job_id FROM job_file WHERE job_id > :after ORDER BY job_id LIMIT :limit")
			.param("after", job)
			.param("limit", limit)
			.query((row, number) -> new JobId(row.getString("job_id")))
			.list();
	}

	/** What the bucket has to hold of a job now; empty if nothing. */
	public Optional<Stored> of(JobId job) {
		List<Row> rows = this.database.sql("""
				SELECT file.name, file.key, file.size, file.digest, job.revision, job.status, job.place, job.directory
				FROM job_file file LEFT JOIN job ON job.id = file.job_id
				WHERE file.job_id = ? AND file.status = 'completed' AND file.digest IS NOT NULL
				ORDER BY file.position""")
			.param(job.value())
			.query((row, number) -> new Row(
					new File(row.getString("name"), row.getString("key"), row.getLong("size"), row.getString("digest")),
					row.getString("status"), (row.getString("status") == null) ? null : row.getLong("revision"),
					this.root.id().equals(row.getString("place")) ? row.getString("directory") : null))
			.list();
		return rows.stream()
			.findFirst()
			.filter((row) -> row.status() == null || row.status().equals(JobStatus.COMPLETED.word()))
			.map((row) -> new Stored(job, row.revision(), row.directory(), rows.stream().map(Row::file).toList()));
	}

	/** Those of the jobs that are known: accepted, stored, or being removed. */
	public Set<String> known(Collection<String> jobs) {
		if (jobs.isEmpty()) {
			return Set.of();
		}
		return new HashSet<>(this.database.sql("""
				SELECT id FROM job WHERE id IN (:jobs) UNION SELECT job_id FROM job_file WHERE job_id IN (:jobs)
				UNION SELECT job_id FROM job_hold WHERE job_id IN (:jobs) AND held_until > :now""")
			.param("jobs", jobs)
			.param("now", this.clock.millis())
			.query(String.class)
			.list());
	}

	/** Records that the bucket holds the job, unless it was posted again meanwhile. */
	public void verified(Stored job) {
		if (job.revision() != null) {
			// A removal since then has left no stored file.
			this.database.sql("""
					UPDATE job SET verified_at = ? WHERE id = ? AND revision = ? AND status = 'completed'
						AND EXISTS (SELECT 1 FROM job_file WHERE job_id = job.id AND job_file.status = 'completed')""")
				.params(this.clock.millis(), job.id().value(), job.revision())
				.update();
		}
	}

	/** The bucket is no longer expected to hold anything of the job. */
	void forget(JobId job) {
		this.database
			.sql("UPDATE job_file SET status = 'cancelled', bytes_done = 0 WHERE job_id = ? AND status = 'completed'")
			.param(job.value())
			.update();
		this.database.sql("UPDATE job SET verified_at = NULL, updated_at = ? WHERE id = ?")
			.params(this.clock.millis(), job.value())
			.update();
		JobFiles.recount(this.database, job);
		this.database.sql("DELETE FROM job_file WHERE job_id = :job AND NOT EXISTS (SELECT 1 FROM job WHERE id = :job)")
			.param("job", job.value())
			.update();
	}

	void noteRestored(JobId job) {
		this.database.sql("UPDATE job SET restored_at = ?, pruned_at = NULL WHERE id = ?")
			.params(this.clock.millis(), job.value())
			.update();
	}

	/**
	 * Completed jobs under this jobs root whose copies were not removed since, by the
	 * time of their end.
	 * @param before when they were completed, or last restored
	 * @param after the last of the page before
	 */
	public List<Unpruned> unpruned(Instant before, @Nullable Unpruned after, int limit) {
		return page(DUE, before, after, limit);
	}

	private List<Unpruned> page(String which, Instant before, @Nullable Unpruned after, int limit) {
		return this.database.sql("""
				SELECT id, ended_at FROM job WHERE place = :root AND (ended_at, id) > (:at, :after) AND %s
				ORDER BY ended_at, id LIMIT :limit""".formatted(which))
			.param("root", this.root.id())
			.param("before", before.toEpochMilli())
			.param("at", (after == null) ? -1 : after.endedAt())
			.param("after", (after == null) ? "" : after.job().value())
			.param("limit", limit)
			.query((row, number) -> new Unpruned(new JobId(row.getString("id")), row.getLong("ended_at")))
			.list();
	}

	/** Whether the job is still one of {@link #unpruned}. */
	public boolean isUnpruned(JobId job, Instant before) {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE id = :job AND place = :root AND" + DUE)
			.param("job", job.value())
			.param("root", this.root.id())
			.param("before", before.toEpochMilli())
			.query(Long.class)
			.single() == 1;
	}

	/** Records that the copies of the job were removed as far as they may be. */
	public void notePruned(JobId job, Instant before) {
		this.database.sql("UPDATE job SET pruned_at = :now WHERE id = :job AND" + DUE)
			.param("now", this.clock.millis())
			.param("job", job.value())
			.param("before", before.toEpochMilli())
			.update();
	}

	/**
	 * Completed jobs whose directory this service made of received files, and that is
	 * still the one that was uploaded, by the time of their end.
	 * @param before when they were completed
	 * @param after the last of the page before
	 */
	public List<Unpruned> received(Instant before, @Nullable Unpruned after, int limit) {
		return page("received IS NOT NULL AND" + RECEIVED, before, after, limit);
	}

	/** Whether the job is still one of {@link #received}. */
	public boolean isReceived(JobId job, Instant before) {
		return this.database.sql("SELECT COUNT(*) FROM job WHERE id = :job AND place = :root AND" + RECEIVED)
			.param("job", job.value())
			.param("root", this.root.id())
			.param("before", before.toEpochMilli())
			.query(Long.class)
			.single() == 1;
	}

	/** Records that the received files of the job were removed as far as they may be. */
	public void noteReceivedRemoved(JobId job, Instant before) {
		this.database.sql("UPDATE job SET received = NULL WHERE id = :job AND" + RECEIVED)
			.param("job", job.value())
			.param("before", before.toEpochMilli())
			.update();
	}

	/** Whether another job names the directory by one of these spellings. */
	public boolean isNamedByOthers(JobId job, Collection<String> spellings) {
		return this.database
			.sql("SELECT COUNT(*) FROM job WHERE directory IN (:spellings) AND place = :root AND id <> :job")
			.param("spellings", spellings)
			.param("root", this.root.id())
			.param("job", job.value())
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * The objects that the bucket has to hold of a completed job.
	 *
	 * @param revision the posting that stored them; {@code null} if the job is forgotten
	 * @param directory where they came from; {@code null} if the job is forgotten, or if
	 * its directory is under another jobs root
	 */
	public record Stored(JobId id, @Nullable Long revision, @Nullable String directory, List<File> files) {
	}

	/**
	 * A file of a job in the bucket.
	 *
	 * @param digest its content, as the object's metadata says it
	 */
	public record File(String name, String key, long size, String digest) {
	}

	/** A completed job whose copies are still in its directory. */
	public record Unpruned(JobId job, long endedAt) {
	}

	private record Row(File file, @Nullable String status, @Nullable Long revision, @Nullable String directory) {
	}

}
