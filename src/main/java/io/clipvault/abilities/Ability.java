package io.clipvault.abilities;

/** Something that some stores can do and others cannot. */
public enum Ability {

	/** Deletes many objects in one call. */
	BATCH_DELETE("delete many objects in one call"),

	/** Takes and checks a checksum that follows the body. */
	CHECKSUM_TRAILERS("take a checksum behind a body"),

	/** Copies an object only if it is unchanged, also one that was sent in parts. */
	CONDITIONAL_COPIES("copy an object only if it is unchanged"),

	/** Writes an object only if its key is free. */
	CONDITIONAL_WRITES("write an object only if its key is free"),

	/** Keeps CORS rules of a bucket. */
	CORS("keep CORS rules"),

	/** Takes the post of a browser's form. */
	FORM_POSTS("take form posts"),

	/** Keeps lifecycle rules of a bucket. */
	LIFECYCLE("keep lifecycle rules"),

	/** Lists the unfinished uploads of a bucket. */
	MULTIPART_LISTING("list unfinished uploads"),

	/** Keeps and lists older versions. */
	VERSIONS("list versions");

	private final String words;

	Ability(String words) {
		this.words = words;
	}

	/** The words that follow "can" in a sentence. */
	public String words() {
		return this.words;
	}

}
