package io.clipvault.uploads;

import io.clipvault.layouts.ArtifactName;
import io.clipvault.links.BrowserTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * The key of one upload: {@code {folder}/{base}-{8 random}{extension}}.
 *
 * @param folder the part before the last slash
 * @param fileName the name without the random letters, which the file gets in a job
 */
record UploadKey(String value, String folder, String fileName) {

	/**
	 * The type that the caller names, if browsers may get it, or else the type of the
	 * file's extension, if they may get that; any others are only saved.
	 */
	String contentType(@Nullable String named) {
		if (named != null && !named.isBlank()) {
			return BrowserTypes.require(named);
		}
		String ofExtension = new ArtifactName(this.fileName).contentType();
		return BrowserTypes.isHarmless(ofExtension) ? ofExtension : MediaType.APPLICATION_OCTET_STREAM_VALUE;
	}

}
