package io.clipvault.layouts;

/** Stops the parser at the first flaw of a metadata file. */
class UnusableMetadata extends Exception {

	private final Metadata.Flaw flaw;

	UnusableMetadata(Metadata.Flaw flaw, String reason) {
		super(reason);
		this.flaw = flaw;
	}

	Metadata.Unusable result() {
		return new Metadata.Unusable(this.flaw, String.valueOf(getMessage()));
	}

}
