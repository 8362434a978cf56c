package io.clipvault.gallery.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.clipvault.gallery.catalog.JobClips.Source;
import io.clipvault.layouts.Metadata;
import io.clipvault.layouts.Metadata.Flaw;
import io.clipvault.layouts.MetadataParser;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ParallelCalls;
import io.clipvault.storage.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Reads metadata objects from the bucket, several in parallel. */
@Component
class MetadataReader {

	private static final Logger log = LoggerFactory.getLogger(MetadataReader.class);

	private final S3Client s3;

	private final Store store;

	private final CatalogSettings settings;

	private final MeterRegistry meters;

	private final MetadataParser parser;

	MetadataReader(S3Client s3, Store store, CatalogSettings settings, MeterRegistry meters) {
		this.s3 = s3;
		this.store = store;
		this.settings = settings;
		this.meters = meters;
		this.parser = new MetadataParser(settings.largestMetadata().toBytes());
	}

	/**
	 * Reads objects. Those that were removed since the listing are missing in the result.
	 * @param mostFailures how many may fail before the reading fails: a store that cannot
	 * read one object is there for the others
	 * @param onRead called for each result at once, so that a later failure does not lose
	 * it
	 */
	List<Source> read(List<MetadataObject> objects, int mostFailures, Consumer<Source> onRead) {
		AtomicInteger failures = new AtomicInteger();
		List<Callable<List<Source>>> reads = new ArrayList<>(objects.size());
		objects.forEach((object) -> reads.add(() -> {
			List<Source> found = read(object, () -> failures.incrementAndGet() > mostFailures);
			found.forEach(onRead);
			return found;
		}));
		return ParallelCalls.all(this.settings.parallelReads(), reads).stream().flatMap(List::stream).toList();
	}

	private List<Source> read(MetadataObject object, BooleanSupplier failsTooOften) {
		if (object.size() > this.settings.largestMetadata().toBytes()) {
			return List.of(reported(new Source(object, this.parser.tooLarge())));
		}
		try {
			return this.store.call(() -> get(object));
		}
		catch (Problem failure) {
			if (failure.type() != ProblemType.STORE_REFUSED && failsTooOften.getAsBoolean()) {
				throw failure;
			}
			// The others may still be readable. Without an ETag this one is read again
			// at the next refresh.
			return List.of(reported(
					new Source(object.withEtag(""), new Metadata.Unusable(Flaw.UNREADABLE, failure.detail()))));
		}
	}

	private List<Source> get(MetadataObject object) {
		GetObjectRequest get = GetObjectRequest.builder()
			.bucket(this.store.bucket())
			.key(object.key().under(this.store.prefix()))
			.build();
		try {
			return List.of(reported(this.s3.getObject(get, (response, body) -> read(object, response, body))));
		}
		catch (NoSuchKeyException removed) {
			log.debug("{} was removed after it was listed.", get.key());
			return List.of();
		}
	}

	private Source read(MetadataObject object, GetObjectResponse response, AbortableInputStream body)
			throws IOException {
		Metadata content = this.parser.parse(body);
		if (content instanceof Metadata.Unusable) {
			// Saves the transfer of the rest, which may be megabytes.
			body.abort();
		}
		// The object may have been replaced since the listing, so the ETag of this answer
		// counts.
		return new Source(object.withEtag(MetadataObject.withoutQuotes(response.eTag())), content);
	}

	private Source reported(Source source) {
		if (source.content() instanceof Metadata.Unusable unusable) {
			Counter.builder("clipvault.gallery.metadata.rejected")
				.description("Metadata files that were read and found unusable")
				.tag("reason", unusable.flaw().label())
				.register(this.meters)
				.increment();
			log.warn("The gallery leaves out {}: {}.", source.object().key().under(this.store.prefix()),
					unusable.reason());
		}
		return source;
	}

}
