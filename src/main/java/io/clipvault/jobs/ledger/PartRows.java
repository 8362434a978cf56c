package io.clipvault.jobs.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.clipvault.layouts.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of multipart uploads, from which a run resumes after a crash. */
@Component
public class PartRows {

	private final JdbcClient database;

	private final Claims claims;

	private final JobFiles files;

	PartRows(JdbcClient database, Claims claims, JobFiles files) {
		this.database = database;
		this.claims = claims;
		this.files = files;
	}

	public Optional<Begun> find(JobId job, String file) {
		return this.database.sql("SELECT upload_id, digest FROM multipart_upload WHERE job_id = ? AND file_name = ?")
			.params(job.value(), file)
			.query((row, number) -> new Begun(row.getString("upload_id"), row.getString("digest")))
			.optional();
	}

	/** The ETags of the parts that have arrived, by part number. */
	public Map<Integer, String> etags(JobId job, String file) {
		Map<Integer, String> etags = new HashMap<>();
		this.database.sql("SELECT number, etag FROM multipart_part WHERE job_id = ? AND file_name = ?")
			.params(job.value(), file)
			.query((row) -> {
				etags.put(row.getInt("number"), row.getString("etag"));
			});
		return etags;
	}

	/** The ids of the uploads of a job's files that are not completed. */
	public Set<String> openUploads(JobId job) {
		return Set.copyOf(this.database.sql("""
				SELECT upload_id FROM multipart_upload upload JOIN job_file file
					ON file.job_id = upload.job_id AND file.name = upload.file_name
				WHERE upload.job_id = ? AND file.status <> 'completed'""")
			.param(job.value())
			.query((row, number) -> row.getString("upload_id"))
			.list());
	}

	/** The ids of a job's uploads by file, including those of earlier postings. */
	public Map<String, String> uploads(JobId job) {
		Map<String, String> uploads = new HashMap<>();
		this.database.sql("SELECT file_name, upload_id FROM multipart_upload WHERE job_id = ?")
			.param(job.value())
			.query((row) -> {
				uploads.put(row.getString("file_name"), row.getString("upload_id"));
			});
		return uploads;
	}

	/** Records a new upload of a file, in place of an earlier one. */
	public void begin(Claim claim, String file, Begun begun) {
		this.claims.write(claim, () -> {
			for (String table : List.of("multipart_part", "multipart_upload")) {
				this.database.sql("DELETE FROM " + table + " WHERE job_id = ? AND file_name = ?")
					.params(claim.job().value(), file)
					.update();
			}
			this.files.setBytes(claim.job(), file, 0);
			this.database.sql("INSERT INTO multipart_upload (job_id, file_name, upload_id, digest) VALUES (?, ?, ?, ?)")
				.params(claim.job().value(), file, begun.uploadId(), begun.digest())
				.update();
		});
	}

	/** Records that a part has arrived. */
	public void add(Claim claim, String file, int number, String etag, long bytes) {
		this.claims.write(claim, () -> {
			this.database.sql("INSERT INTO multipart_part (job_id, file_name, number, etag) VALUES (?, ?, ?, ?)")
				.params(claim.job().value(), file, number, etag)
				.update();
			this.files.addBytes(claim.job(), file, bytes);
		});
	}

	/** Removes parts that the bucket does not have after all. */
	public void remove(Claim claim, String file, Collection<Integer> numbers, long bytesLeft) {
		this.claims.write(claim, () -> {
			numbers.forEach((number) -> this.database
				.sql("DELETE FROM multipart_part WHERE job_id = ? AND file_name = ? AND number = ?")
				.params(claim.job().value(), file, number)
				.update());
			this.files.setBytes(claim.job(), file, bytesLeft);
		});
	}

	/** Removes the uploads of files that the current posting does not have. */
	public void removeForeign(Claim claim) {
		String foreign = " WHERE job_id = :job AND file_name NOT IN (SELECT name FROM job_file WHERE job_id = :job)";
		long count = this.database.sql("SELECT COUNT(*) FROM multipart_upload" + foreign)
			.param("job", claim.job().value())
			.query(Long.class)
			.single();
		if (count > 0) {
			this.claims.write(claim, () -> {
				for (String table : List.of("multipart_part", "multipart_upload")) {
					this.database.sql("DELETE FROM " + table + foreign).param("job", claim.job().value()).update();
				}
			});
		}
	}

	/**
	 * Removes all uploads of a job and the bytes that arrived by them, in the caller's
	 * transaction.
	 */
	public void clear(JobId job) {
		for (String table : List.of("multipart_part", "multipart_upload")) {
			this.database.sql("DELETE FROM " + table + " WHERE job_id = ?").param(job.value()).update();
		}
		this.database.sql("UPDATE job_file SET bytes_done = 0 WHERE job_id = ? AND status <> 'completed'")
			.param(job.value())
			.update();
		JobFiles.recount(this.database, job);
	}

	/** An upload by the store's id, and the digest of the content that it sends. */
	public record Begun(String uploadId, String digest) {
	}

}
