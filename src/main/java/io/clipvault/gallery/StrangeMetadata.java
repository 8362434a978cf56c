package io.clipvault.gallery;

import org.jspecify.annotations.Nullable;

/** A metadata file that cannot be shown; the message says what is strange about it. */
class StrangeMetadata extends Exception {

	StrangeMetadata(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

}
