package io.clipvault.jobs;

import io.clipvault.layouts.JobId;

/** A file with the content that is sent, under the claim of the run that sends it. */
record Sending(Claim claim, Artifact artifact, ContentDigest digest) {

	JobId job() {
		return this.claim.job();
	}

}
