package io.clipvault.uploads;

import io.clipvault.layouts.ArtifactName;
import org.jspecify.annotations.Nullable;

/**
 * The key of one upload: {@code {folder}/{base}-{8 random}{extension}}.
 *
 * @param folder the part before the last slash
 * @param fileName the name without the random letters, which the file gets in a job
 */
record UploadKey(String value, String folder, String fileName) {

	/** The type that the caller names, or else the type of the file's extension. */
	String contentType(@Nullable String named) {
		return (named != null && !named.isBlank()) ? named : new ArtifactName(this.fileName).contentType();
	}

}
