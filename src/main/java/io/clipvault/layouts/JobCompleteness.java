package io.clipvault.layouts;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Decides from a directory's files whether the generator has finished a job. */
public final class JobCompleteness {

	/** The metadata of a run is a few kilobytes. */
	private static final long LARGEST_METADATA = 8 << 20;

	private static final JsonMapper JSON = new JsonMapper();

	private final ArtifactSettings artifacts;

	public JobCompleteness(ArtifactSettings artifacts) {
		this.artifacts = artifacts;
	}

	/**
	 * Whether the metadata is there, and every clip that it names.
	 * @param sizes the sizes of all files, by name
	 */
	public boolean isComplete(Map<String, Long> sizes, FileReader reader) {
		List<ArtifactName> metadata = sizes.keySet()
			.stream()
			.filter(this.artifacts::isArtifact)
			.map(ArtifactName::new)
			.filter(ArtifactName::isMetadata)
			.toList();
		return !metadata.isEmpty() && metadata.stream().allMatch((name) -> hasClips(name, sizes, reader));
	}

	private static boolean hasClips(ArtifactName metadata, Map<String, Long> sizes, FileReader reader) {
		if (sizes.getOrDefault(metadata.value(), 0L) > LARGEST_METADATA) {
			return false;
		}
		try (InputStream content = reader.open(metadata.value()); JsonParser document = JSON.createParser(content)) {
			int shorts = shorts(document);
			boolean all = shorts >= 0;
			for (int index = 0; all && index < shorts; index++) {
				all = sizes.getOrDefault(ArtifactName.clip(metadata.title(), index), 0L) > 0;
			}
			return all;
		}
		catch (IOException | JacksonException halfWritten) {
			return false;
		}
	}

	/**
	 * The length of the list of shorts, or -1 without one. Not read as a tree, which can
	 * take forty times the memory of its text.
	 */
	private static int shorts(JsonParser document) {
		int shorts = -1;
		if (document.nextToken() == JsonToken.START_OBJECT) {
			for (String name = document.nextName(); name != null; name = document.nextName()) {
				document.nextToken();
				if (name.equals("shorts")) {
					shorts = length(document);
				}
				document.skipChildren();
			}
		}
		return (document.nextToken() == null) ? shorts : -1;
	}

	private static int length(JsonParser value) {
		if (value.currentToken() != JsonToken.START_ARRAY) {
			return -1;
		}
		int length = 0;
		while (value.nextToken() != JsonToken.END_ARRAY) {
			value.skipChildren();
			length++;
		}
		return length;
	}

	/** Opens a file of the directory. */
	@FunctionalInterface
	public interface FileReader {

		InputStream open(String fileName) throws IOException;

	}

}
