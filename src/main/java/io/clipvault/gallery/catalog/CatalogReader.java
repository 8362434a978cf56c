package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.clipvault.gallery.catalog.JobClips.Source;
import io.clipvault.gallery.catalog.MetadataRows.Row;
import io.clipvault.layouts.JobId;
import io.clipvault.layouts.Metadata;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a catalog of the bucket: lists all of it, but reads only metadata whose ETag is
 * new.
 */
@Component
class CatalogReader {

	private static final int LISTING_PAGE = 1000;

	private static final int SAVE_BATCH = 500;

	/** How many metadata objects a refresh may fail to read, beside one in fifty. */
	private static final int MOST_FAILURES = 3;

	private final BucketListing bucket;

	private final MetadataReader reader;

	private final MetadataRows rows;

	private final CatalogSettings settings;

	private final CatalogMetrics metrics;

	CatalogReader(BucketListing bucket, MetadataReader reader, MetadataRows rows, CatalogSettings settings,
			CatalogMetrics metrics) {
		this.bucket = bucket;
		this.reader = reader;
		this.rows = rows;
		this.settings = settings;
		this.metrics = metrics;
	}

	/**
	 * Reads the whole bucket; without a last catalog, the rows of the database are what
	 * is known.
	 */
	Catalog read(@Nullable Catalog last, Instant now) {
		List<String> cuts = (last != null) ? last.cuts() : this.rows.cuts();
		Listing listing = this.bucket.whole(cuts);
		Comparison comparison = Comparison.of(listing.jobs(),
				(last != null) ? known(last.jobs().values().stream()) : this.rows.all());
		List<JobClips> jobs = jobs(listing.jobs(), comparison, comparison.mostFailures());
		requireAnyReadable(jobs);
		List<String> nextCuts = listing.cuts(this.settings.parallelListings(), LISTING_PAGE);
		if (!nextCuts.equals(cuts)) {
			this.rows.saveCuts(nextCuts);
		}
		this.rows.noteListed(now);
		this.metrics.recordRequests(listing.requests() + comparison.changed().size());
		return ((last != null) ? last : Catalog.EMPTY).next(jobs, now, nextCuts);
	}

	/** Reads one job again. */
	JobClips read(JobId job, @Nullable JobClips last) {
		Map<JobId, Listing.Files> files = Map.of(job, this.bucket.of(job));
		return jobs(files, Comparison.of(files, known(Stream.ofNullable(last))), 0).stream()
			.findFirst()
			.orElseGet(() -> new JobClips(job, List.of(), List.of()));
	}

	private static Map<String, Row> known(Stream<JobClips> jobs) {
		Map<String, Row> known = new HashMap<>();
		jobs.flatMap((job) -> job.sources().stream())
			.forEach((source) -> known.put(source.object().path(), new Row(source.object().etag(), source.content())));
		return known;
	}

	private List<JobClips> jobs(Map<JobId, Listing.Files> listed, Comparison comparison, int mostFailures) {
		Map<JobId, List<Source>> sources = new HashMap<>();
		Stream.of(comparison.unchanged(), readAndSave(comparison.changed(), mostFailures))
			.flatMap(List::stream)
			.forEach((source) -> sources.computeIfAbsent(source.object().job(), (job) -> new ArrayList<>(1))
				.add(source));
		this.rows.remove(comparison.removed());
		List<JobClips> jobs = new ArrayList<>(sources.size());
		listed.forEach((job, files) -> {
			List<Source> found = sources.get(job);
			if (found != null) {
				jobs.add(JobClips.of(job, found, files.videos()));
			}
		});
		return jobs;
	}

	private List<Source> readAndSave(List<MetadataObject> objects, int mostFailures) {
		try (BatchedSave save = new BatchedSave()) {
			return this.reader.read(objects, mostFailures, save::add);
		}
	}

	/**
	 * If the store refuses every object, the permissions are wrong, not the bucket empty.
	 */
	private static void requireAnyReadable(List<JobClips> jobs) {
		List<Source> sources = jobs.stream().flatMap((job) -> job.sources().stream()).toList();
		if (!sources.isEmpty() && sources.stream().allMatch(Source::isRefused)
				&& sources.getFirst().content() instanceof Metadata.Unusable refused) {
			throw new Problem(ProblemType.STORE_REFUSED, refused.reason());
		}
	}

	/** Listed metadata compared with what is known of it. */
	private record Comparison(List<Source> unchanged, List<MetadataObject> changed, List<String> removed) {

		/** If nothing is known yet, one must be read at least. */
		int mostFailures() {
			int most = MOST_FAILURES + this.changed.size() / 50;
			return this.unchanged.isEmpty() ? Math.min(most, this.changed.size() - 1) : most;
		}

		static Comparison of(Map<JobId, Listing.Files> listed, Map<String, Row> rows) {
			Comparison comparison = new Comparison(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			Set<String> removed = new HashSet<>(rows.keySet());
			listed.values().stream().flatMap((files) -> files.metadata().stream()).forEach((object) -> {
				removed.remove(object.path());
				Row row = rows.get(object.path());
				if (row != null && !row.etag().isEmpty() && row.etag().equals(object.etag())) {
					comparison.unchanged().add(new Source(object, row.content()));
				}
				else {
					comparison.changed().add(object);
				}
			});
			comparison.removed().addAll(removed);
			return comparison;
		}

	}

	/**
	 * Saves results in batches during the reading, so that a failure loses little.
	 */
	private final class BatchedSave implements AutoCloseable {

		private final List<Source> waiting = new ArrayList<>();

		synchronized void add(Source source) {
			this.waiting.add(source);
			if (this.waiting.size() == SAVE_BATCH) {
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
