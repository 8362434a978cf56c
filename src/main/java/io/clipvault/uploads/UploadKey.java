package io.clipvault.uploads;

import io.clipvault.layouts.ArtifactName;
import org.jspecify.annotations.Nullable;

/**
 * Where one upload goes: {@code {folder}/{base}-{8 random}{extension}}.
 *
 * @param folder what stands before the last slash
 * @param fileName the name without the random letters: what the file is called in a job
 */
record UploadKey(String value, String folder, String fileName) {

	/** The type that the caller names, or else the one that the file's ending tells. */
	String contentType(@Nullable String named) {
		return (named != null && !named.isBlank()) ? named : new ArtifactName(this.fileName).contentType();
	}

}
