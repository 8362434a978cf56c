package io.clipvault.gallery.catalog;

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
 * The result of listing a range of keys: the files of each job, and how the keys are
 * distributed.
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
	 * Adds one page.
	 * @param last the last key of the range; null if it has no end
	 * @return whether the range ends in this page
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

	/** Appends the listing of the next range. */
	Listing then(Listing next) {
		next.jobs.forEach((job, files) -> this.jobs.merge(job, files, Files::and));
		next.marks.forEach((mark) -> this.marks.add(new Mark(mark.key(), this.objects + mark.objects())));
		this.objects += next.objects;
		this.requests += next.requests;
		return this;
	}

	/**
	 * Chooses cuts for ranges of about the same size, at least a page each. A cut need
	 * not be a key that still exists.
	 */
	List<String> cuts(int maxRanges, int pageSize) {
		long ranges = Math.min(maxRanges, Math.ceilDiv(this.objects, pageSize));
		List<String> cuts = new ArrayList<>();
		long next = 1;
		for (Mark mark : this.marks) {
			String cut = asciiPrefix(mark.key());
			if (next < ranges && mark.objects() * ranges >= next * this.objects && mark.objects() < this.objects
					&& !cut.isEmpty() && (cuts.isEmpty() || compare(cut, cuts.getLast()) > 0)) {
				cuts.add(cut);
				next = mark.objects() * ranges / this.objects + 1;
			}
		}
		return cuts;
	}

	/**
	 * The ASCII beginning of a key, which all stores sort alike. For the rest, some
	 * compare bytes of UTF-8 and some units of UTF-16.
	 */
	private static String asciiPrefix(String key) {
		int end = 0;
		while (end < key.length() && key.charAt(end) < 0x7f && key.charAt(end) >= ' ') {
			end++;
		}
		return key.substring(0, end);
	}

	private static int compare(String left, String right) {
		return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
	}

	/** The number of objects up to and including this key. */
	private record Mark(String key, long objects) {
	}

	/** The metadata and the video files of one job. */
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
