package io.clipvault.gallery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What a walk over a range of keys found: per job its metadata and its clips' files, and
 * how the keys are spread.
 */
final class Listing {

	private final Map<JobId, Files> jobs = new HashMap<>();

	private final List<Mark> marks = new ArrayList<>();

	private long objects;

	private int requests;

	Map<JobId, Files> jobs() {
		return this.jobs;
	}

	int requests() {
		return this.requests;
	}

	/**
	 * Takes one page in.
	 * @return whether the range ends in it
	 */
	boolean add(String prefix, List<S3Object> page, @Nullable String last) {
		this.requests++;
		String newest = null;
		boolean ended = false;
		for (S3Object object : page) {
			if (last != null && compare(object.key(), last) > 0) {
				ended = true;
				break;
			}
			newest = object.key();
			this.objects++;
			ArtifactKey.parse(prefix, newest).ifPresent((key) -> add(key, object));
		}
		if (newest != null) {
			this.marks.add(new Mark(newest, this.objects));
		}
		return ended || (newest != null && newest.equals(last));
	}

	private void add(ArtifactKey key, S3Object object) {
		ArtifactName name = new ArtifactName(key.fileName());
		if (key.fileName().indexOf('/') >= 0) {
			return;
		}
		if (name.isMetadata()) {
			this.jobs.computeIfAbsent(key.job(), (job) -> new Files()).metadata().add(MetadataObject.of(key, object));
		}
		else if (name.isVideo()) {
			this.jobs.computeIfAbsent(key.job(), (job) -> new Files()).videos().add(key.fileName());
		}
	}

	/** Goes on with what was found in the range after this one. */
	Listing then(Listing next) {
		next.jobs.forEach((job, files) -> this.jobs.merge(job, files, Files::and));
		next.marks.forEach((mark) -> this.marks.add(new Mark(mark.key(), this.objects + mark.objects())));
		this.objects += next.objects;
		this.requests += next.requests;
		return this;
	}

	/**
	 * Keys that cut what was found into ranges of about the same size, none smaller than
	 * a page. Any text may stand here, whether or not a key is still called so.
	 */
	List<String> cuts(int mostRanges, int pageSize) {
		long ranges = Math.min(mostRanges, Math.ceilDiv(this.objects, pageSize));
		List<String> cuts = new ArrayList<>();
		long next = 1;
		for (Mark mark : this.marks) {
			String cut = ascii(mark.key());
			if (next < ranges && mark.objects() * ranges >= next * this.objects && mark.objects() < this.objects
					&& !cut.isEmpty() && (cuts.isEmpty() || compare(cut, cuts.getLast()) > 0)) {
				cuts.add(cut);
				next = mark.objects() * ranges / this.objects + 1;
			}
		}
		return cuts;
	}

	/**
	 * The part of a key that all stores sort alike: some compare bytes of UTF-8, some
	 * units of UTF-16.
	 */
	private static String ascii(String key) {
		int end = 0;
		while (end < key.length() && key.charAt(end) < 0x7f && key.charAt(end) >= ' ') {
			end++;
		}
		return key.substring(0, end);
	}

	private static int compare(String left, String right) {
		return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
	}

	/** How many objects there are up to this key. */
	private record Mark(String key, long objects) {
	}

	/** The files of one job that matter to the gallery. */
	record Files(List<MetadataObject> metadata, List<String> videos) {

		Files() {
			this(new ArrayList<>(1), new ArrayList<>(3));
		}

		private Files and(Files more) {
			this.metadata.addAll(more.metadata);
			this.videos.addAll(more.videos);
			return this;
		}

	}

}
