package io.clipvault.jobs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/**
 * Aborts what an ended job has left unfinished in the bucket: the uploads in its rows,
 * and those of its files that a crash kept out of the rows. Nothing else is touched.
 */
@Component
class Tidying {

	private static final Logger log = LoggerFactory.getLogger(Tidying.class);

	private final JobObjects objects;

	private final Claims claims;

	private final JdbcClient database;

	Tidying(JobObjects objects, Claims claims, JdbcClient database) {
		this.objects = objects;
		this.claims = claims;
		this.database = database;
	}

	/** Tidies a job soon, without making the caller wait for the store. */
	@Async(UploadExecutors.TIDYING)
	void soon(JobId job) {
		try {
			leftBy(job).ifPresent(this::tidy);
		}
		catch (Claim.Lost posted) {
			log.debug("Job {} was posted anew: its next run tidies.", job);
		}
		catch (Problem failure) {
			log.warn("Job {}: what it left in the bucket is aborted later: {}", job, failure.detail());
		}
	}

	/**
	 * Tidies every job that could not be tidied when it ended, until the store refuses.
	 */
	void all() {
		List<JobId> left = this.database
			.sql("SELECT id FROM job WHERE untidy = 1 AND status IN ('failed', 'cancelled', 'completed') ORDER BY id")
			.query((row, number) -> new JobId(row.getString("id")))
			.list();
		try {
			left.forEach((job) -> leftBy(job).ifPresent(this::tidy));
		}
		catch (Claim.Lost posted) {
			log.debug("A job was posted anew: its next run tidies, and the others are tidied a minute later.");
		}
		catch (Problem failure) {
			log.warn("What {} ended jobs may have left in the bucket is aborted later: {}", left.size(),
					failure.detail());
		}
	}

	/** The claim under which an ended job left something, if nobody works on it again. */
	private Optional<Claim> leftBy(JobId job) {
		return this.database
			.sql("SELECT claim FROM job WHERE id = ? AND untidy = 1 AND status IN ('failed', 'cancelled', 'completed')")
			.param(job.value())
			.query(Long.class)
			.optional()
			.map((number) -> new Claim(job, number));
	}

	private void tidy(Claim claim) {
		Map<String, String> left = unfinished(claim.job());
		// Whatever was listed before this check belongs to a run that is over.
		if (!this.claims.held(claim)) {
			return;
		}
		left.forEach((upload, key) -> this.objects.abort(key, upload));
		if (!left.isEmpty()) {
			log.info("Job {}: {} unfinished uploads were aborted.", claim.job(), left.size());
		}
		if (unfinished(claim.job()).isEmpty()) {
			this.claims.write(claim, () -> {
				for (String rows : List.of("DELETE FROM multipart_part WHERE job_id = ?",
						"DELETE FROM multipart_upload WHERE job_id = ?", "UPDATE job SET untidy = 0 WHERE id = ?")) {
					this.database.sql(rows).param(claim.job().value()).update();
				}
			});
		}
	}

	/**
	 * Aborts the uploads of a job's files that its rows do not know: a crash, or an
	 * answer that was lost and asked for again, leaves such.
	 * @return whether uploads that are known are open
	 */
	boolean abortUnknown(Claim claim) {
		Set<String> known = Set.copyOf(this.database.sql("""
				SELECT upload_id FROM multipart_upload upload JOIN job_file file
					ON file.job_id = upload.job_id AND file.name = upload.file_name
				WHERE upload.job_id = ? AND file.status <> 'completed'""")
			.param(claim.job().value())
			.query((row, number) -> row.getString("upload_id"))
			.list());
		Map<String, String> found = unfinished(claim.job());
		this.claims.requireHeld(claim);
		found.forEach((upload, key) -> {
			if (!known.contains(upload)) {
				this.objects.abort(key, upload);
			}
		});
		forgetOthers(claim);
		return found.keySet().stream().anyMatch(known::contains);
	}

	/** Forgets the uploads of files that the present posting has no more. */
	private void forgetOthers(Claim claim) {
		String others = "FROM multipart_upload WHERE job_id = :job AND file_name NOT IN (SELECT name FROM job_file WHERE job_id = :job)";
		long count = this.database.sql("SELECT COUNT(*) " + others)
			.param("job", claim.job().value())
			.query(Long.class)
			.single();
		if (count > 0) {
			this.claims.write(claim,
					() -> this.database.sql("DELETE " + others).param("job", claim.job().value()).update());
		}
	}

	/** The unfinished uploads of a job's own files: others may use the folder too. */
	private Map<String, String> unfinished(JobId job) {
		Set<String> own = new HashSet<>(this.database.sql("SELECT key FROM job_file WHERE job_id = ?")
			.param(job.value())
			.query((row, number) -> row.getString("key"))
			.list());
		// Files of an earlier posting, which the present one has no more.
		this.database.sql("SELECT file_name FROM multipart_upload WHERE job_id = ?")
			.param(job.value())
			.query((row, number) -> row.getString("file_name"))
			.list()
			.forEach((file) -> own.add(this.objects.key(job, file)));
		Map<String, String> unfinished = new HashMap<>(this.objects.unfinished(job));
		unfinished.values().retainAll(own);
		return unfinished;
	}

}
