package io.clipvault.objects.buckets;

/**
 * Identifies one purge by its bucket and start, so that a late run of an earlier purge
 * never touches a later one.
 *
 * @param startedAt milliseconds since the epoch
 */
record PurgeId(String bucket, long startedAt) {

	/** Reads the task instance id that {@link #toString} made. */
	static PurgeId of(String instance) {
		int slash = instance.indexOf('/');
		return new PurgeId(instance.substring(0, slash), Long.parseLong(instance.substring(slash + 1)));
	}

	@Override
	public String toString() {
		return this.bucket + "/" + this.startedAt;
	}

}
