package io.clipvault.gallery;

/** A metadata file that the gallery leaves out, with the reason in words. */
class StrangeMetadata extends Exception {

	private final Metadata.Flaw flaw;

	StrangeMetadata(Metadata.Flaw flaw, String reason) {
		super(reason);
		this.flaw = flaw;
	}

	Metadata.Strange found() {
		return new Metadata.Strange(this.flaw, String.valueOf(getMessage()));
	}

}
