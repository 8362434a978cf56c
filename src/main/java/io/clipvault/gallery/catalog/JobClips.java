package io.clipvault.gallery.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import io.clipvault.layouts.Renderings;

/** One job in the catalog: its metadata as last read, and its clips that have a file. */
record JobClips(JobId job, List<Source> sources, List<ClipEntry> entries) {

	/** Takes the clips of the metadata for which one of the video files exists. */
	static JobClips of(JobId job, List<Source> sources, List<String> videos) {
		Renderings renderings = new Renderings(videos);
		List<Source> ordered = sources.stream()
			.sorted(Comparator.comparing((source) -> source.object().title()))
			.toList();
		List<ClipEntry> entries = new ArrayList<>();
		for (Source source : ordered) {
			for (int index = 0; index < source.content().clips().size(); index++) {
				Optional<String> newest = renderings.newest(ArtifactName.clip(source.object().title(), index));
				if (newest.isPresent()) {
					entries.add(new ClipEntry(source, index, newest.get()));
				}
			}
		}
		return new JobClips(job, ordered, List.copyOf(entries));
	}

	/** Whether the job has no metadata and so no place in the catalog. */
	boolean isEmpty() {
		return this.sources.isEmpty();
	}

	/** A metadata object and the result of reading it. */
	record Source(MetadataObject object, Metadata content) {

		/** Whether the store refused to let this object be read. */
		boolean isRefused() {
			return this.content instanceof Metadata.Unusable unusable && unusable.flaw() == Metadata.Flaw.UNREADABLE;
		}

	}

}
