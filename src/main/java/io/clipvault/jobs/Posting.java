package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** One posting of a job; posting the job again makes another one. */
public record Posting(JobId job, long revision) {

	/** Reads the text that {@link #toString} writes. */
	public static Posting parse(String text) {
		int slash = text.indexOf('/');
		return new Posting(new JobId(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
	}

	/** The subject of the webhook deliveries about the posting. */
	public String subject() {
		return "jobs/" + this;
	}

	/** The posting's name in the schedule. */
	@Override
	public String toString() {
		return this.job + "/" + this.revision;
	}

}
