package io.clipvault.layouts;

import java.util.List;
import java.util.Locale;

/** The result of parsing a metadata file. */
public sealed interface Metadata {

	/** The clips that the file names, in their order. */
	List<ClipMetadata> clips();

	/** A file as the generator writes it. */
	record Usable(List<ClipMetadata> clips) implements Metadata {
	}

	/**
	 * A file that the gallery leaves out.
	 *
	 * @param reason the rest of a sentence about the file, such as "it is not valid JSON"
	 */
	record Unusable(Flaw flaw, String reason) implements Metadata {

		@Override
		public List<ClipMetadata> clips() {
			return List.of();
		}

	}

	/** Why a file is unusable; the label is a metric's tag. */
	enum Flaw {

		NOT_JSON, TOO_LARGE, TOO_DEEP, DUPLICATE_NAME, NO_SHORTS, WRONG_TYPE, UNREADABLE;

		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
