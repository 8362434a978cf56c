package io.clipvault.gallery;

import java.time.Clock;
import java.time.Duration;

import io.clipvault.storage.Store;
import io.clipvault.storage.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.util.unit.DataSize;

/** One service's gallery, up to its catalog, put together by hand. */
final class Replica {

	static final GallerySettings SETTINGS = new GallerySettings(Duration.ofMinutes(5), Duration.ofHours(1),
			Duration.ofHours(2), 4, 4, DataSize.ofKilobytes(100));

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final BucketListing listing;

	final CatalogReader reader;

	final MetadataRows rows;

	final LiveCatalog live;

	final JobNews news;

	Replica(S3Client bucket, GalleryDatabase database, Clock clock) {
		this(bucket, database, clock, TestStores.of("clips", ""));
	}

	Replica(S3Client bucket, GalleryDatabase database, Clock clock, Store store) {
		GalleryMetrics metrics = new GalleryMetrics(this.meters, clock);
		this.rows = new MetadataRows(database.jdbc(), database.transaction(), store);
		this.listing = new BucketListing(bucket, store, SETTINGS);
		this.reader = new CatalogReader(this.listing, new MetadataReader(bucket, store, SETTINGS, this.meters),
				this.rows, SETTINGS, metrics);
		this.live = new LiveCatalog(this.reader, SETTINGS, metrics, clock);
		this.news = new JobNews(this.live, new ChangedJobs(database.client(), database.transaction(), clock));
	}

	double count(String meter) {
		return this.meters.get(meter).gauge().value();
	}

}
