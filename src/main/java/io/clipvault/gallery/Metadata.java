package io.clipvault.gallery;

import java.util.List;
import java.util.Locale;

/** What reading a metadata object gave. */
sealed interface Metadata {

	/** The clips it names, in their order. */
	List<ClipMetadata> clips();

	/** A file as the generator writes it. */
	record Usable(List<ClipMetadata> clips) implements Metadata {
	}

	/** A file that is left out, and why. */
	record Strange(Flaw flaw, String reason) implements Metadata {

		@Override
		public List<ClipMetadata> clips() {
			return List.of();
		}

	}

	/** The kinds of strange files, as the metric tells them apart. */
	enum Flaw {

		NOT_JSON, TOO_LARGE, TOO_DEEP, DUPLICATE_NAME, NO_SHORTS, WRONG_TYPE, UNREADABLE;

		String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
