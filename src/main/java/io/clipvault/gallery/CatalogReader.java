package io.clipvault.gallery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ArtifactKey;
import io.clipvault.storage.JobId;
import io.clipvault.storage.Store;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;

/**
 * Reads the catalog from the bucket: one listing of all pages, then every metadata
 * object.
 */
@Component
class CatalogReader {

	private static final Logger log = LoggerFactory.getLogger(CatalogReader.class);

	private static final String METADATA = "_metadata.json";

	private final S3Client s3;

	private final Store store;

	private final GallerySettings settings;

	private final MeterRegistry meters;

	CatalogReader(S3Client s3, Store store, GallerySettings settings, MeterRegistry meters) {
		this.s3 = s3;
		this.store = store;
		this.settings = settings;
		this.meters = meters;
	}

	@Cacheable(cacheNames = GalleryCache.CATALOG, key = "'all'", sync = true)
	Catalog cached() {
		return read();
	}

	@CachePut(cacheNames = GalleryCache.CATALOG, key = "'all'")
	Catalog fresh() {
		return read();
	}

	private Catalog read() {
		Map<JobId, Map<String, Rendering>> renderings = new HashMap<>();
		List<Metadata> found = new ArrayList<>();
		this.store.call(() -> {
			this.s3.listObjectsV2Paginator((list) -> list.bucket(this.store.bucket()).prefix(this.store.prefix()))
				.contents()
				.forEach((object) -> ArtifactKey.parse(this.store.prefix(), object.key()).ifPresent((key) -> {
					Rendering rendering = Rendering.of(key.fileName());
					renderings.computeIfAbsent(key.job(), (job) -> new HashMap<>())
						.merge(rendering.clipFile(), rendering, BinaryOperator.maxBy(Comparator.naturalOrder()));
					if (key.fileName().endsWith(METADATA)) {
						found.add(new Metadata(key, object));
					}
				}));
			return found;
		});
		try (ExecutorService readers = Executors.newFixedThreadPool(this.settings.parallelReads(),
				Thread.ofVirtual().factory())) {
			List<Callable<List<Catalog.Entry>>> reads = new ArrayList<>();
			found.forEach((metadata) -> reads
				.add(() -> entries(metadata, renderings.getOrDefault(metadata.key().job(), Map.of()))));
			List<Catalog.Entry> entries = new ArrayList<>();
			for (Future<List<Catalog.Entry>> read : readers.invokeAll(reads)) {
				entries.addAll(read.get());
			}
			return Catalog.of(entries.stream());
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			throw new Problem(ProblemType.STORE_UNREACHABLE, "The service is stopping: try again.", interrupted);
		}
		catch (ExecutionException failure) {
			if (failure.getCause() instanceof Problem problem) {
				throw problem;
			}
			throw new IllegalStateException("Reading the catalog failed", failure.getCause());
		}
	}

	private List<Catalog.Entry> entries(Metadata metadata, Map<String, Rendering> renderings) {
		ArtifactKey key = metadata.key();
		String title = key.fileName().substring(0, key.fileName().length() - METADATA.length());
		List<ClipMetadata> clips = clips(metadata.object());
		List<Catalog.Entry> entries = new ArrayList<>();
		for (int index = 0; index < clips.size(); index++) {
			Rendering newest = renderings.get(title + "_clip_" + (index + 1) + ".mp4");
			if (newest != null) {
				String clipKey = new ArtifactKey(key.job(), newest.fileName()).under(this.store.prefix());
				entries.add(new Catalog.Entry(key.job(), index, clipKey, metadata.object().lastModified(),
						clips.get(index)));
			}
		}
		return entries;
	}

	private List<ClipMetadata> clips(S3Object object) {
		try {
			if (object.size() > this.settings.largestMetadata().toBytes()) {
				throw new StrangeMetadata("it is larger than " + this.settings.largestMetadata(), null);
			}
			return ClipMetadata.read(this.store.call(() -> read(object)));
		}
		catch (StrangeMetadata strange) {
			this.meters.counter("clipvault.gallery.metadata.rejected").increment();
			log.warn("The gallery leaves out {}: {}.", object.key(), strange.getMessage());
			return List.of();
		}
	}

	private byte[] read(S3Object object) {
		try {
			return this.s3.getObjectAsBytes((get) -> get.bucket(this.store.bucket()).key(object.key()))
				.asByteArrayUnsafe();
		}
		catch (NoSuchKeyException removed) {
			log.debug("{} was removed while the bucket was read.", object.key());
			return "{\"shorts\":[]}".getBytes(StandardCharsets.UTF_8);
		}
	}

	/** A metadata object found in the listing. */
	private record Metadata(ArtifactKey key, S3Object object) {
	}

}
