package io.clipvault.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the bucket holds for a job: to look at, to read, to remove. */
@Component
class ArtifactStore {

	private static final Duration LINK_LIFETIME = Duration.ofHours(1);

	/** As many as S3 takes in one call. */
	private static final int AT_A_TIME = 1000;

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

	/** So many artifacts after a name, in the order of their names. */
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
		if (all.isEmpty()) {
			throw nothing(job);
		}
		all.sort(Comparator.comparing((StoredArtifact artifact) -> Artifact.isMetadata(artifact.name()))
			.thenComparing(StoredArtifact::name));
		return all;
	}

	/** Opens an artifact; whoever opens it closes it. */
	ObjectBytes open(StoredArtifact artifact) {
		return this.store.bytes(this.store
			.call(() -> this.s3.getObject((object) -> object.bucket(this.store.bucket()).key(artifact.key()))));
	}

	/**
	 * Removes a job from the bucket: first what shows its clips, then the rest.
	 * @return how many objects were removed
	 */
	int remove(JobId job) {
		try (Holds.Hold hold = this.holds.hold(job)) {
			return remove(job, hold);
		}
	}

	private int remove(JobId job, Holds.Hold hold) {
		List<StoredArtifact> all = all(job);
		Map<Boolean, List<String>> keys = all.stream()
			.collect(Collectors.partitioningBy((artifact) -> Artifact.isMetadata(artifact.name()),
					Collectors.mapping(StoredArtifact::key, Collectors.toList())));
		try {
			remove(keys.getOrDefault(true, List.of()), hold);
		}
		finally {
			// Of a call that failed, some or all may have been done.
			this.events.publishEvent(new JobRemoved(job));
		}
		remove(keys.getOrDefault(false, List.of()), hold);
		return all.size();
	}

	private void remove(List<String> keys, Holds.Hold hold) {
		// XML, and so a batch, cannot carry a control character.
		Map<Boolean, List<String>> plain = keys.stream()
			.collect(Collectors.partitioningBy((key) -> key.chars().noneMatch(Character::isISOControl)));
		plain.getOrDefault(false, List.of())
			.forEach((key) -> this.store
				.call(() -> this.s3.deleteObject((object) -> object.bucket(this.store.bucket()).key(key))));
		List<ObjectIdentifier> objects = plain.getOrDefault(true, List.of())
			.stream()
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		for (int start = 0; start < objects.size(); start += AT_A_TIME) {
			hold.extend();
			removeBatch(objects.subList(start, Math.min(objects.size(), start + AT_A_TIME)));
		}
	}

	private void removeBatch(List<ObjectIdentifier> objects) {
		List<S3Error> errors = this.store.call(() -> this.s3.deleteObjects(
				(batch) -> batch.bucket(this.store.bucket()).delete((delete) -> delete.objects(objects).quiet(true))))
			.errors();
		errors.stream().filter((error) -> !"NoSuchKey".equals(error.code())).findFirst().ifPresent((error) -> {
			throw this.store.kept(error);
		});
	}

	private StoredArtifact artifact(S3Object object, String folder) {
		return new StoredArtifact(object.key().substring(folder.length()), object.key(), object.size(),
				object.lastModified(), this.links.toRead(object.key(), LINK_LIFETIME));
	}

	private String folder(JobId job) {
		return this.store.prefix() + job + "/";
	}

	private static Problem nothing(JobId job) {
		return new Problem(ProblemType.NO_ARTIFACTS,
				"The bucket holds nothing of job '%s': check the id, or wait until its upload has begun."
					.formatted(job));
	}

}
