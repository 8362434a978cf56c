package io.clipvault.jobs.folders;

import io.clipvault.layouts.ArtifactName;

/** A file of a job that goes to the bucket. */
public record Artifact(ArtifactName name, RootedFile file, String key, long size) {

	public String fileName() {
		return this.name.value();
	}

}
