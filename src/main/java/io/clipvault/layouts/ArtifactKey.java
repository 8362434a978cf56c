package io.clipvault.layouts;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

/** The key of a job's file in the bucket: {@code {prefix}{job_id}/{filename}}. */
public record ArtifactKey(JobId job, String fileName) {

	private static final int S3_LIMIT = 1024;

	/** The folder of a job's objects. */
	public static String folder(String prefix, JobId job) {
		return prefix + job + "/";
	}

	public String under(String prefix) {
		String key = folder(prefix, this.job) + this.fileName;
		int length = key.getBytes(StandardCharsets.UTF_8).length;
		if (length > S3_LIMIT) {
			throw new Problem(ProblemType.UNUSABLE_FILE_NAME,
					"The key of '%s' would be %,d bytes long and S3 takes 1,024: shorten the file name, the job id or the key prefix."
						.formatted(this.fileName, length));
		}
		return key;
	}

	/** Reads a key back; empty for an object that is not a job's. */
	public static Optional<ArtifactKey> parse(String prefix, String key) {
		if (!key.startsWith(prefix)) {
			return Optional.empty();
		}
		int slash = key.indexOf('/', prefix.length());
		if (slash < 0 || slash == key.length() - 1) {
			return Optional.empty();
		}
		String job = key.substring(prefix.length(), slash);
		return JobId.isValid(job) ? Optional.of(new ArtifactKey(new JobId(job), key.substring(slash + 1)))
				: Optional.empty();
	}

}
