package io.clipvault.jobs;

import java.nio.file.Path;

import io.clipvault.layouts.ArtifactName;

/** A file of a job that goes to the bucket. */
record Artifact(ArtifactName name, Path file, String key, long size) {

	String fileName() {
		return this.name.value();
	}

}
