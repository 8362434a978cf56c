package io.clipvault.objects;

/** What the lifecycle preset for clips and the report of its costs have in common. */
public final class LifecyclePreset {

	/**
	 * Larger objects are moved: S3 does not tier smaller ones, and metadata must stay
	 * readable.
	 */
	public static final long SIZE_ABOVE = 128 * 1024;

	private LifecyclePreset() {
	}

}
