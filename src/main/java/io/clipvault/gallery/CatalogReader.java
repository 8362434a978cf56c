package io.clipvault.gallery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.clipvault.gallery.JobClips.Source;
import io.clipvault.gallery.MetadataRows.Row;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the catalog from the bucket: lists all of it, and reads what is new to it. */
@Component
class CatalogReader {

	private static final int PAGE = 1000;

	private static final int BATCH = 500;

	private final BucketListing bucket;

	private final MetadataReader reader;

	private final MetadataRows rows;

	private final GallerySettings settings;

	private final GalleryMetrics metrics;

	CatalogReader(BucketListing bucket, MetadataReader reader, MetadataRows rows, GallerySettings settings,
			GalleryMetrics metrics) {
		this.bucket = bucket;
		this.reader = reader;
		this.rows = rows;
		this.settings = settings;
		this.metrics = metrics;
	}

	/** Reads the whole bucket, with the help of what was read before. */
	Catalog read(@Nullable Catalog last, Instant now) {
		List<String> cuts = (last != null) ? last.cuts() : this.rows.cuts();
		Listing listing = this.bucket.whole(cuts);
		Sorted sorted = Sorted.of(listing.jobs(),
				(last != null) ? known(last.jobs().values().stream()) : this.rows.all());
		List<JobClips> jobs = jobs(listing.jobs(), sorted);
		refuseIfNothingMayBeRead(jobs);
		List<String> nextCuts = listing.cuts(this.settings.parallelListings(), PAGE);
		if (!nextCuts.equals(cuts)) {
			this.rows.saveCuts(nextCuts);
		}
		this.metrics.requests(listing.requests() + sorted.unknown().size());
		return ((last != null) ? last : Catalog.NOTHING).next(jobs, now, nextCuts);
	}

	/** Reads one job, with the help of what was read of it before. */
	JobClips read(JobId job, @Nullable JobClips last) {
		Map<JobId, Listing.Files> files = Map.of(job, this.bucket.of(job));
		return jobs(files, Sorted.of(files, known(Stream.ofNullable(last)))).stream()
			.findFirst()
			.orElseGet(() -> new JobClips(job, List.of(), List.of()));
	}

	private static Map<String, Row> known(Stream<JobClips> jobs) {
		Map<String, Row> known = new HashMap<>();
		jobs.flatMap((job) -> job.sources().stream())
			.forEach((source) -> known.put(source.object().path(), new Row(source.object().etag(), source.content())));
		return known;
	}

	private List<JobClips> jobs(Map<JobId, Listing.Files> listed, Sorted sorted) {
		Map<JobId, List<Source>> sources = new HashMap<>();
		Stream.of(sorted.known(), read(sorted))
			.flatMap(List::stream)
			.forEach((source) -> sources.computeIfAbsent(source.object().job(), (job) -> new ArrayList<>(1))
				.add(source));
		this.rows.remove(sorted.gone());
		List<JobClips> jobs = new ArrayList<>(sources.size());
		listed.forEach((job, files) -> {
			List<Source> found = sources.get(job);
			if (found != null) {
				jobs.add(JobClips.of(job, found, files.videos()));
			}
		});
		return jobs;
	}

	private List<Source> read(Sorted sorted) {
		try (Keeping keeping = new Keeping()) {
			return this.reader.read(sorted.unknown(), keeping::add);
		}
	}

	/** Where not one object may be read, the gallery is not empty but out of reach. */
	private static void refuseIfNothingMayBeRead(List<JobClips> jobs) {
		List<Source> sources = jobs.stream().flatMap((job) -> job.sources().stream()).toList();
		if (!sources.isEmpty() && sources.stream().allMatch(Source::isRefused)
				&& sources.getFirst().content() instanceof Metadata.Unusable refused) {
			throw new Problem(ProblemType.STORE_REFUSED, refused.reason());
		}
	}

	/** Listed metadata by what is to be done about it. */
	private record Sorted(List<Source> known, List<MetadataObject> unknown, List<String> gone) {

		static Sorted of(Map<JobId, Listing.Files> listed, Map<String, Row> rows) {
			Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			Set<String> gone = new HashSet<>(rows.keySet());
			listed.values().stream().flatMap((files) -> files.metadata().stream()).forEach((object) -> {
				gone.remove(object.path());
				Row row = rows.get(object.path());
				if (row != null && !row.etag().isEmpty() && row.etag().equals(object.etag())) {
					sorted.known().add(new Source(object, row.content()));
				}
				else {
					sorted.unknown().add(object);
				}
			});
			sorted.gone().addAll(gone);
			return sorted;
		}

	}

	/** Keeps what was read in the rows while the reading goes on. */
	private final class Keeping implements AutoCloseable {

		private final List<Source> waiting = new ArrayList<>();

		synchronized void add(Source source) {
			this.waiting.add(source);
			if (this.waiting.size() == BATCH) {
				close();
			}
		}

		@Override
		public synchronized void close() {
			CatalogReader.this.rows.save(this.waiting);
			this.waiting.clear();
		}

	}

}
