package io.clipvault.gallery.catalog;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.clipvault.storage.Store;
import io.clipvault.storage.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.S3Client;

/** The catalog of one replica, constructed without Spring. */
public final class Replica {

	public static final CatalogSettings SETTINGS = new CatalogSettings(Duration.ofMinutes(5), Duration.ofHours(1), 4, 4,
			DataSize.ofKilobytes(100));

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final BucketListing listing;

	final CatalogReader reader;

	final MetadataRows rows;

	public final LiveCatalog live;

	final JobNews news;

	/** The events that tell of the gallery's changes. */
	final List<Object> shown = new CopyOnWriteArrayList<>();

	public Replica(S3Client bucket, GalleryDatabase database, Clock clock) {
		this(bucket, database, clock, TestStores.of("clips", ""));
	}

	Replica(S3Client bucket, GalleryDatabase database, Clock clock, Store store) {
		CatalogMetrics metrics = new CatalogMetrics(this.meters, clock);
		this.rows = new MetadataRows(database.jdbc(), database.transaction(), store);
		this.listing = new BucketListing(bucket, store, SETTINGS);
		this.reader = new CatalogReader(this.listing, new MetadataReader(bucket, store, SETTINGS, this.meters),
				this.rows, SETTINGS, metrics);
		CurrentCatalog current = new CurrentCatalog(this.reader);
		this.live = new LiveCatalog(current, this.reader, SETTINGS, metrics, clock);
		this.news = new JobNews(current, this.live, new ChangedJobs(database.client(), database.transaction(), clock),
				this.shown::add);
	}

	double count(String meter) {
		return this.meters.get(meter).gauge().value();
	}

}
