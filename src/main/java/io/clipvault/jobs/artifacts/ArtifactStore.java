package io.clipvault.jobs.artifacts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.clipvault.jobs.JobRemoved;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.links.Links;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectBytes;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists, reads and removes what the bucket holds of a job. */
@Component
class ArtifactStore {

	private static final Duration LINK_LIFETIME = Duration.ofHours(1);

	private final S3Client s3;

	private final Store store;

	private final Links links;

	private final Holds holds;

	private final ApplicationEventPublisher events;

	ArtifactStore(S3Client s3, Store store, Links links, Holds holds, ApplicationEventPublisher events) {
		this.s3 = s3;
		this.store = store;
		this.links = links;
		this.holds = holds;
		this.events = events;
	}

	/** The artifacts after a name, in the order of their names. */
	List<StoredArtifact> page(JobId job, @Nullable String after, int limit) {
		String folder = folder(job);
		List<StoredArtifact> page = this.store
			.call(() -> this.s3.listObjectsV2((list) -> list.bucket(this.store.bucket())
				.prefix(folder)
				.startAfter((after == null) ? null : folder + after)
				.encodingType(EncodingType.URL)
				.maxKeys(limit)))
			.contents()
			.stream()
			.map((object) -> artifact(object, folder))
			.toList();
		if (page.isEmpty() && after == null) {
			throw nothing(job);
		}
		return page;
	}

	/** All artifacts, clips first and metadata last. */
	List<StoredArtifact> all(JobId job) {
		List<StoredArtifact> all = listed(job);
		if (all.isEmpty()) {
			throw nothing(job);
		}
		return all;
	}

	private List<StoredArtifact> listed(JobId job) {
		String folder = folder(job);
		List<StoredArtifact> all = new ArrayList<>();
		this.store.call(() -> {
			this.s3
				.listObjectsV2Paginator(
						(list) -> list.bucket(this.store.bucket()).prefix(folder).encodingType(EncodingType.URL))
				.contents()
				.forEach((object) -> all.add(artifact(object, folder)));
			return all;
		});
		all.sort(Comparator.comparing(ArtifactStore::name, ArtifactName.METADATA_LAST));
		return all;
	}

	private static ArtifactName name(StoredArtifact artifact) {
		return new ArtifactName(artifact.name());
	}

	/** The digest of an artifact's content, if this service stored it. */
	Optional<String> digest(StoredArtifact artifact) {
		return this.store.head(artifact.key()).map((head) -> head.metadata().get(ArtifactHeaders.DIGEST));
	}

	/** Whether the bucket has a file as it was stored: its key, size and digest. */
	boolean has(StoredFiles.File file) {
		return this.store.head(file.key())
			.filter((head) -> head.contentLength() == file.size())
			.filter((head) -> file.digest().equals(head.metadata().get(ArtifactHeaders.DIGEST)))
			.isPresent();
	}

	/** Opens an artifact; the caller closes it. */
	ObjectBytes open(StoredArtifact artifact) {
		GetObjectRequest get = GetObjectRequest.builder().bucket(this.store.bucket()).key(artifact.key()).build();
		return this.store.call(() -> this.store.open(get));
	}

	/**
	 * Removes a job from the bucket, metadata first, so that the gallery shows no clip
	 * that is gone.
	 * @return how many objects were removed
	 */
	int remove(JobId job) {
		try (Holds.Hold hold = this.holds.hold(job)) {
			hold.endRetries();
			return remove(job, hold);
		}
	}

	private int remove(JobId job, Holds.Hold hold) {
		List<StoredArtifact> all = listed(job);
		hold.forgetFiles();
		if (all.isEmpty()) {
			throw nothing(job);
		}
		Map<Boolean, List<ObjectIdentifier>> objects = all.stream()
			.collect(Collectors.partitioningBy((artifact) -> name(artifact).isMetadata(), Collectors
				.mapping((artifact) -> ObjectIdentifier.builder().key(artifact.key()).build(), Collectors.toList())));
		try {
			remove(objects.getOrDefault(true, List.of()), hold);
		}
		finally {
			// A call that failed may have removed some or all of them.
			this.events.publishEvent(new JobRemoved(job));
		}
		remove(objects.getOrDefault(false, List.of()), hold);
		return all.size();
	}

	private void remove(List<ObjectIdentifier> objects, Holds.Hold hold) {
		for (int start = 0; start < objects.size(); start += Store.DELETE_LIMIT) {
			hold.renew();
			List<ObjectIdentifier> batch = objects.subList(start, Math.min(objects.size(), start + Store.DELETE_LIMIT));
			this.store.delete(this.store.bucket(), batch).stream().findFirst().ifPresent((error) -> {
				throw this.store.kept(error);
			});
		}
	}

	private StoredArtifact artifact(S3Object object, String folder) {
		return new StoredArtifact(object.key().substring(folder.length()), object.key(), object.size(),
				object.lastModified(), this.links.toRead(object.key(), LINK_LIFETIME));
	}

	private String folder(JobId job) {
		return ArtifactKey.folder(this.store.prefix(), job);
	}

	private static Problem nothing(JobId job) {
		return new Problem(ProblemType.NO_ARTIFACTS,
				"The bucket holds nothing of job '%s': check the id, or wait until its upload has begun."
					.formatted(job));
	}

}
