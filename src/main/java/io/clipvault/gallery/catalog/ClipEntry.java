package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.util.List;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.JobId;

/**
 * A clip in the catalog.
 *
 * @param index the clip's place in its metadata, from 0
 * @param fileName the newest rendering of the clip
 */
public record ClipEntry(JobClips.Source source, int index, String fileName) {

	public ClipMetadata clip() {
		return this.source.content().clips().get(this.index);
	}

	public JobId job() {
		return this.source.object().job();
	}

	public ArtifactKey key() {
		return new ArtifactKey(job(), this.fileName);
	}

	/** When the metadata was written. */
	public Instant createdAt() {
		return this.source.object().lastModified();
	}

	public Position position() {
		return new Position(createdAt().toEpochMilli(), job(), this.source.object().title(), this.index);
	}

	/**
	 * Whether every word occurs in the title or the descriptions, in upper or lower case.
	 */
	public boolean matches(List<String> words) {
		ClipMetadata clip = clip();
		return words.stream()
			.allMatch((word) -> contains(clip.title(), word) || contains(clip.tiktokDescription(), word)
					|| contains(clip.instagramDescription(), word));
	}

	private static boolean contains(String text, String word) {
		for (int at = 0; at <= text.length() - word.length(); at++) {
			if (text.regionMatches(true, at, word, 0, word.length())) {
				return true;
			}
		}
		return false;
	}

}
