package io.clipvault.jobs;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.clipvault.layouts.JobId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of multipart uploads: what a run after a crash needs to go on. */
@Component
class Parts {

	private final JdbcClient database;

	private final Claims claims;

	Parts(JdbcClient database, Claims claims) {
		this.database = database;
		this.claims = claims;
	}

	Optional<Begun> find(JobId job, String file) {
		return this.database.sql("SELECT upload_id, digest FROM multipart_upload WHERE job_id = ? AND file_name = ?")
			.params(job.value(), file)
			.query((row, number) -> new Begun(row.getString("upload_id"), row.getString("digest")))
			.optional();
	}

	/** The tags of the parts that have arrived, by their numbers. */
	Map<Integer, String> arrived(JobId job, String file) {
		Map<Integer, String> arrived = new HashMap<>();
		this.database.sql("SELECT number, etag FROM multipart_part WHERE job_id = ? AND file_name = ?")
			.params(job.value(), file)
			.query((row) -> {
				arrived.put(row.getInt("number"), row.getString("etag"));
			});
		return arrived;
	}

	void begin(Claim claim, String file, Begun begun) {
		this.claims.write(claim, () -> {
			forget(claim.job(), file);
			this.database.sql("INSERT INTO multipart_upload (job_id, file_name, upload_id, digest) VALUES (?, ?, ?, ?)")
				.params(claim.job().value(), file, begun.uploadId(), begun.digest())
				.update();
		});
	}

	void arrived(Claim claim, String file, int number, String etag, long bytes) {
		this.claims.write(claim, () -> {
			this.database.sql("INSERT INTO multipart_part (job_id, file_name, number, etag) VALUES (?, ?, ?, ?)")
				.params(claim.job().value(), file, number, etag)
				.update();
			this.claims.arrived(claim, file, bytes);
		});
	}

	/** Forgets the parts that the bucket does not have after all. */
	void lost(Claim claim, String file, Collection<Integer> numbers, long bytesLeft) {
		this.claims.write(claim, () -> {
			numbers.forEach((number) -> this.database
				.sql("DELETE FROM multipart_part WHERE job_id = ? AND file_name = ? AND number = ?")
				.params(claim.job().value(), file, number)
				.update());
			this.database.sql("UPDATE job_file SET bytes_done = ? WHERE job_id = ? AND name = ?")
				.params(bytesLeft, claim.job().value(), file)
				.update();
		});
	}

	/** Forgets an upload that is over; the caller's transaction is joined. */
	void forget(JobId job, String file) {
		for (String table : List.of("multipart_part", "multipart_upload")) {
			this.database.sql("DELETE FROM " + table + " WHERE job_id = ? AND file_name = ?")
				.params(job.value(), file)
				.update();
		}
		this.database.sql("UPDATE job_file SET bytes_done = 0 WHERE job_id = ? AND name = ?")
			.params(job.value(), file)
			.update();
	}

	/** An upload that the store knows by its id, and what it is made from. */
	record Begun(String uploadId, String digest) {
	}

}
