package io.clipvault.objects;

/** Makes names of buckets for tests that have no {@link BucketScope}. */
public final class BucketNames {

	private BucketNames() {
	}

	public static BucketName of(String name) {
		return new BucketName(name);
	}

}
