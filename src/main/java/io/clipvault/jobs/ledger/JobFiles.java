package io.clipvault.jobs.ledger;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.layouts.JobId;
import io.clipvault.paging.Cursor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the jobs' files. */
@Component
public class JobFiles {

	private final JdbcClient database;

	private final JdbcTemplate batches;

	private final Claims claims;

	JobFiles(JdbcClient database, JdbcTemplate batches, Claims claims) {
		this.database = database;
		this.batches = batches;
		this.claims = claims;
	}

	public List<JobFile> of(JobId job) {
		return page(job, null, -1, Integer.MAX_VALUE).stream().map(Entry::file).toList();
	}

	/** A page of a job's files, in the order in which they are sent. */
	List<Entry> page(JobId job, @Nullable JobStatus status, int after, int limit) {
		return this.database.sql(
				"SELECT position, name, key, size, status, bytes_done, error FROM job_file WHERE job_id = :job AND position > :after"
						+ ((status != null) ? " AND status = :status" : "") + " ORDER BY position LIMIT :limit")
			.param("job", job.value())
			.param("after", after)
			.param("status", (status != null) ? status.word() : "")
			.param("limit", limit)
			.query((row, number) -> new Entry(row.getInt("position"),
					new JobFile(row.getString("name"), row.getString("key"), row.getLong("size"),
							JobStatus.of(row.getString("status")), row.getLong("bytes_done"), row.getString("error"))))
			.list();
	}

	public Set<String> keys(JobId job) {
		return new HashSet<>(this.database.sql("SELECT key FROM job_file WHERE job_id = ?")
			.param(job.value())
			.query((row, number) -> row.getString("key"))
			.list());
	}

	/** Replaces a job's files by those of a new posting, in the caller's transaction. */
	void replace(JobId job, List<Artifact> artifacts) {
		this.database.sql("DELETE FROM job_file WHERE job_id = ?").param(job.value()).update();
		List<Object[]> rows = new ArrayList<>();
		for (Artifact artifact : artifacts) {
			rows.add(new Object[] { job.value(), artifact.fileName(), rows.size(), artifact.key(), artifact.size() });
		}
		this.batches.batchUpdate("""
				INSERT INTO job_file (job_id, name, position, key, size, status, bytes_done)
				VALUES (?, ?, ?, ?, ?, 'queued', 0)""", rows);
	}

	/** Counts more bytes of a file as arrived, in the caller's transaction. */
	void addBytes(JobId job, String file, long bytes) {
		this.database
			.sql("UPDATE job_file SET status = 'uploading', bytes_done = bytes_done + ? WHERE job_id = ? AND name = ?")
			.params(bytes, job.value(), file)
			.update();
		this.database.sql("UPDATE job SET bytes_sent = bytes_sent + ? WHERE id = ?")
			.params(bytes, job.value())
			.update();
		noteProgress(job);
	}

	/**
	 * Counts failures from the start, because bytes arrived. An upload that began anew
	 * has fewer bytes than before and makes progress all the same.
	 */
	private void noteProgress(JobId job) {
		this.database.sql("UPDATE job SET failures = 0, retries = 0, failed_since = NULL WHERE id = ?")
			.param(job.value())
			.update();
	}

	/** Sets the bytes of a file that have arrived, in the caller's transaction. */
	void setBytes(JobId job, String file, long bytes) {
		this.database.sql("""
				UPDATE job SET bytes_sent = bytes_sent + :bytes
					- (SELECT bytes_done FROM job_file WHERE job_id = :job AND name = :name)
				WHERE id = :job""").param("bytes", bytes).param("job", job.value()).param("name", file).update();
		this.database.sql("UPDATE job_file SET bytes_done = ? WHERE job_id = ? AND name = ?")
			.params(bytes, job.value(), file)
			.update();
	}

	/** Sets the counters of a job to the sums of its files. */
	static void recount(JdbcClient database, JobId job) {
		database.sql("""
				UPDATE job SET files = (SELECT COUNT(*) FROM job_file WHERE job_id = :job),
					files_sent = (SELECT COUNT(*) FROM job_file WHERE job_id = :job AND status = 'completed'),
					bytes = (SELECT COALESCE(SUM(size), 0) FROM job_file WHERE job_id = :job),
					bytes_sent = (SELECT COALESCE(SUM(bytes_done), 0) FROM job_file WHERE job_id = :job)
				WHERE id = :job""").param("job", job.value()).update();
	}

	/** Queues files again that were sent, but are no longer in the bucket. */
	public void sendAgain(Claim claim, List<JobFile> lost) {
		String job = claim.job().value();
		this.claims.write(claim, () -> {
			this.batches.batchUpdate(
					"UPDATE job_file SET status = 'queued', bytes_done = 0, digest = NULL WHERE job_id = ? AND name = ?",
					lost.stream().map((file) -> new Object[] { job, file.name() }).toList());
			recount(this.database, claim.job());
		});
	}

	/** Records how files ended, all in one transaction. */
	public void end(Claim claim, List<End> ends) {
		this.claims.write(claim, () -> record(claim.job(), ends));
	}

	private void record(JobId job, List<End> ends) {
		List<String> names = ends.stream().map(End::file).toList();
		Sums before = sums(job, names);
		update(job, ends);
		Sums after = sums(job, names);
		this.database.sql("""
				UPDATE job SET files_sent = files_sent + :files, bytes = bytes + :bytes, bytes_sent = bytes_sent + :sent
				WHERE id = :job""")
			.param("files", after.completed() - before.completed())
			.param("bytes", after.bytes() - before.bytes())
			.param("sent", after.sent() - before.sent())
			.param("job", job.value())
			.update();
		if (after.completed() > before.completed()) {
			noteProgress(job);
		}
		for (String table : List.of("multipart_part", "multipart_upload")) {
			this.database
				.sql("DELETE FROM " + table + " WHERE job_id = :job AND file_name IN (SELECT name FROM job_file"
						+ " WHERE job_id = :job AND name IN (:names) AND status = 'completed')")
				.param("job", job.value())
				.param("names", names)
				.update();
		}
	}

	private Sums sums(JobId job, List<String> names) {
		return this.database.sql("""
				SELECT COALESCE(SUM(CASE WHEN status = 'completed' THEN 1 ELSE 0 END), 0) AS completed,
					COALESCE(SUM(size), 0) AS bytes, COALESCE(SUM(bytes_done), 0) AS sent
				FROM job_file WHERE job_id = :job AND name IN (:names)""")
			.param("job", job.value())
			.param("names", names)
			.query((row, number) -> new Sums(row.getLong("completed"), row.getLong("bytes"), row.getLong("sent")))
			.single();
	}

	private void update(JobId job, List<End> ends) {
		this.batches.batchUpdate("""
				UPDATE job_file SET status = ?, digest = ?, error = ?, size = COALESCE(CAST(? AS BIGINT), size),
					bytes_done = COALESCE(CAST(? AS BIGINT), bytes_done)
				WHERE job_id = ? AND name = ?""", ends, ends.size(), (row, end) -> {
			row.setString(1, end.status().word());
			row.setString(2, (end.digest() == null) ? null : end.digest().text());
			row.setString(3, end.error());
			for (int size = 4; size <= 5; size++) {
				row.setObject(size, (end.digest() == null) ? null : end.digest().size(), Types.BIGINT);
			}
			row.setString(6, job.value());
			row.setString(7, end.file());
		});
	}

	/** A file and its place among the files of its job. */
	record Entry(int position, JobFile file) {

		static int position(String cursor) {
			try {
				return Integer.parseInt(Cursor.read(cursor, 1).getFirst());
			}
			catch (NumberFormatException foreign) {
				throw Cursor.refused(foreign);
			}
		}

		String cursor() {
			return Cursor.of(Integer.toString(this.position));
		}

	}

	/** What the job's counters count of some files. */
	private record Sums(long completed, long bytes, long sent) {
	}

	/**
	 * How a file ended in a run.
	 *
	 * @param digest the content of its object, if it arrived
	 * @param error why it did not arrive, in words
	 */
	public record End(String file, JobStatus status, @Nullable ContentDigest digest, @Nullable String error) {
	}

}
