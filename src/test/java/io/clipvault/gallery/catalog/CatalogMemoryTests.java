package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.clipvault.gallery.catalog.JobClips.Source;
import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory that the catalog of a large bucket takes. */
class CatalogMemoryTests {

	private static final int JOBS = 50_000;

	private static final int CLIPS = 3;

	/**
	 * For texts as long as generators write: a title of 50 and two descriptions of 150.
	 */
	private static final long BOUND = 1000;

	@Test
	void clipWithItsTextsTakesLessThanAKilobyte() {
		long before = used();
		Catalog catalog = Catalog.EMPTY.next(IntStream.range(0, JOBS).mapToObj(CatalogMemoryTests::job).toList(),
				Instant.EPOCH, List.of());
		long perClip = (used() - before) / catalog.entries().size();
		assertThat(catalog.entries()).hasSize(JOBS * CLIPS);
		System.out.printf("The catalog takes %d bytes per clip.%n", perClip);
		assertThat(perClip).isBetween(300L, BOUND);
	}

	private static JobClips job(int number) {
		JobId job = new JobId(String.format("0f8fad5b-d9cb-469f-a165-%012d", number));
		String title = "A talk about the morning number " + number;
		List<ClipMetadata> clips = new ArrayList<>();
		List<String> files = new ArrayList<>();
		for (int index = 0; index < CLIPS; index++) {
			String unique = number + "/" + index + " ";
			clips.add(new ClipMetadata(unique + "t".repeat(50 - unique.length()),
					unique + "d".repeat(150 - unique.length()), unique + "i".repeat(150 - unique.length()), 30.5));
			files.add(ArtifactName.clip(title, index));
		}
		MetadataObject object = new MetadataObject(new ArtifactKey(job, ArtifactName.metadata(title)),
				String.format("%032x", number), 2000, Instant.ofEpochMilli(number));
		return JobClips.of(job, List.of(new Source(object, new Metadata.Usable(List.copyOf(clips)))), files);
	}

	private static long used() {
		for (int round = 0; round < 3; round++) {
			System.gc();
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
