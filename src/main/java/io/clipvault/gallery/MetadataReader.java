package io.clipvault.gallery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.clipvault.gallery.JobClips.Source;
import io.clipvault.layouts.Metadata;
import io.clipvault.layouts.Metadata.Flaw;
import io.clipvault.layouts.MetadataParser;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
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

/** Reads metadata objects from the bucket, many at once. */
@Component
class MetadataReader {

	private static final Logger log = LoggerFactory.getLogger(MetadataReader.class);

	private final S3Client s3;

	private final Store store;

	private final GallerySettings settings;

	private final MeterRegistry meters;

	private final MetadataParser parser;

	MetadataReader(S3Client s3, Store store, GallerySettings settings, MeterRegistry meters) {
		this.s3 = s3;
		this.store = store;
		this.settings = settings;
		this.meters = meters;
		this.parser = new MetadataParser(settings.largestMetadata().toBytes());
	}

	/**
	 * Reads these objects; one that was removed meanwhile is not among the results.
	 * @param read told of each at once, so that a failure later does not lose it
	 */
	List<Source> read(List<MetadataObject> objects, Consumer<Source> read) {
		List<Callable<List<Source>>> reads = new ArrayList<>(objects.size());
		objects.forEach((object) -> reads.add(() -> {
			List<Source> found = read(object);
			found.forEach(read);
			return found;
		}));
		return SideBySide.all(this.settings.parallelReads(), reads).stream().flatMap(List::stream).toList();
	}

	private List<Source> read(MetadataObject object) {
		if (object.size() > this.settings.largestMetadata().toBytes()) {
			return List.of(reported(new Source(object, this.parser.tooLarge())));
		}
		try {
			return this.store.call(() -> get(object));
		}
		catch (Problem refused) {
			if (refused.type() != ProblemType.STORE_REFUSED) {
				throw refused;
			}
			// One object that may not be read says nothing about the others. Without a
			// tag it is asked for again next time.
			return List.of(reported(
					new Source(object.withEtag(""), new Metadata.Unusable(Flaw.UNREADABLE, refused.detail()))));
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
			log.debug("{} was removed while the bucket was read.", get.key());
			return List.of();
		}
	}

	private Source read(MetadataObject object, GetObjectResponse response, AbortableInputStream body)
			throws IOException {
		Metadata content = this.parser.parse(body);
		if (content instanceof Metadata.Unusable) {
			// The rest of it, perhaps megabytes, is not worth fetching.
			body.abort();
		}
		// It may have been replaced since it was listed: its own tag tells what was read.
		return new Source(object.withEtag(MetadataObject.plain(response.eTag())), content);
	}

	private Source reported(Source source) {
		if (source.content() instanceof Metadata.Unusable strange) {
			Counter.builder("clipvault.gallery.metadata.rejected")
				.description("Metadata files that were found strange when they were read")
				.tag("reason", strange.flaw().label())
				.register(this.meters)
				.increment();
			log.warn("The gallery leaves out {}: {}.", source.object().key().under(this.store.prefix()),
					strange.reason());
		}
		return source;
	}

}
