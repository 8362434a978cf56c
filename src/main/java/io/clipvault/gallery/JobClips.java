package io.clipvault.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import io.clipvault.layouts.Renderings;

/** One job in the catalog: its metadata as last read, and the clips that exist. */
record JobClips(JobId job, List<Source> sources, List<Entry> entries) {

	static JobClips of(JobId job, List<Source> sources, List<String> files) {
		Renderings renderings = new Renderings(files);
		List<Source> ordered = sources.stream()
			.sorted(Comparator.comparing((source) -> source.object().title()))
			.toList();
		List<Entry> entries = new ArrayList<>();
		for (Source source : ordered) {
			for (int index = 0; index < source.content().clips().size(); index++) {
				Optional<String> newest = renderings.newest(ArtifactName.clip(source.object().title(), index));
				if (newest.isPresent()) {
					entries.add(new Entry(source, index, newest.get()));
				}
			}
		}
		return new JobClips(job, ordered, List.copyOf(entries));
	}

	/** Whether anything of it matters to the gallery. */
	boolean isEmpty() {
		return this.sources.isEmpty();
	}

	/** A metadata object and what reading it gave. */
	record Source(MetadataObject object, Metadata content) {

		boolean isRefused() {
			return this.content instanceof Metadata.Unusable unusable && unusable.flaw() == Metadata.Flaw.UNREADABLE;
		}

	}

	/** A clip whose object exists under this file name. */
	record Entry(Source source, int index, String fileName) {

		ClipMetadata clip() {
			return this.source.content().clips().get(this.index);
		}

		JobId job() {
			return this.source.object().job();
		}

		ArtifactKey key() {
			return new ArtifactKey(job(), this.fileName);
		}

		Position position() {
			return new Position(this.source.object().lastModified().toEpochMilli(), job(), this.source.object().title(),
					this.index);
		}

		/** Whether all words occur in what people read of the clip. */
		boolean speaksOf(List<String> words) {
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

}
