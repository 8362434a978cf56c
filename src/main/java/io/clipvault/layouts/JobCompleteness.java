package io.clipvault.layouts;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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
		try (InputStream content = reader.open(metadata.value())) {
			JsonNode shorts = JSON.readTree(content).path("shorts");
			boolean all = shorts.isArray();
			for (int index = 0; all && index < shorts.size(); index++) {
				all = sizes.getOrDefault(ArtifactName.clip(metadata.title(), index), 0L) > 0;
			}
			return all;
		}
		catch (IOException | JacksonException halfWritten) {
			return false;
		}
	}

	/** Opens a file of the directory. */
	@FunctionalInterface
	public interface FileReader {

		InputStream open(String fileName) throws IOException;

	}

}
