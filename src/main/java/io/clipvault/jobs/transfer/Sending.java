package io.clipvault.jobs.transfer;

import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.layouts.JobId;

/** A file with the content that is sent, under the claim of the run that sends it. */
record Sending(Claim claim, Artifact artifact, ContentDigest digest) {

	JobId job() {
		return this.claim.job();
	}

}
