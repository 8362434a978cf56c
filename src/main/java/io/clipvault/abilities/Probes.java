package io.clipvault.abilities;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import org.springframework.stereotype.Component;

/**
 * Asks the store in its own bucket what it can do, and leaves nothing behind there. What
 * counts is how it behaves; no store is known by its name.
 */
@Component
class Probes {

	private static final Set<String> NONE_SET = Set.of("NoSuchLifecycleConfiguration", "NoSuchCORSConfiguration");

	private static final Logger log = LoggerFactory.getLogger(Probes.class);

	private final S3Client s3;

	private final Store store;

	private final FormProbe forms;

	private final TrailerProbe trailers;

	Probes(S3Client s3, Store store, FormProbe forms, TrailerProbe trailers) {
		this.s3 = s3;
		this.store = store;
		this.forms = forms;
		this.trailers = trailers;
	}

	ProbeResult ask(Ability ability) {
		try (Scratch scratch = new Scratch(this.s3, this.store)) {
			return switch (ability) {
				case BATCH_DELETE -> batchDelete(scratch);
				case CHECKSUM_TRAILERS -> this.trailers.ask(scratch);
				case CONDITIONAL_COPIES -> conditionalCopies(scratch);
				case CONDITIONAL_WRITES -> conditionalWrites(scratch);
				case CORS -> rules(() -> this.s3.getBucketCors((get) -> get.bucket(this.store.bucket())));
				case FORM_POSTS -> this.forms.ask(scratch);
				case LIFECYCLE ->
					rules(() -> this.s3.getBucketLifecycleConfiguration((get) -> get.bucket(this.store.bucket())));
				case MULTIPART_LISTING -> answered(
						() -> this.s3.listMultipartUploads((list) -> list.bucket(this.store.bucket()).maxUploads(1)));
				case VERSIONS -> answered(() -> {
					this.s3.getBucketVersioning((get) -> get.bucket(this.store.bucket()));
					return this.s3.listObjectVersions((list) -> list.bucket(this.store.bucket()).maxKeys(1));
				});
			};
		}
		catch (StoreFailure failure) {
			return ProbeResult.of(failure);
		}
		catch (RuntimeException failure) {
			// An answer that the SDK cannot read says nothing, and must not fail the
			// call.
			log.debug("The store's answer cannot be judged", failure);
			return ProbeResult.unknown("the store's answer cannot be read: " + failure.getMessage());
		}
	}

	private ProbeResult answered(Supplier<?> question) {
		Object _ = this.store.call(question::get);
		return ProbeResult.YES;
	}

	private ProbeResult rules(Supplier<?> question) {
		try {
			return answered(question);
		}
		catch (StoreFailure failure) {
			return NONE_SET.contains(failure.code()) ? ProbeResult.YES : ProbeResult.of(failure);
		}
	}

	private ProbeResult batchDelete(Scratch scratch) {
		scratch.put((put) -> {
		});
		List<ObjectIdentifier> objects = scratch.written()
			.stream()
			.map((object) -> ObjectIdentifier.builder().key(object.key()).versionId(object.version()).build())
			.toList();
		this.store.call(() -> this.s3
			.deleteObjects((delete) -> delete.bucket(scratch.bucket()).delete((all) -> all.objects(objects))));
		if (this.store.head(scratch.key()).isPresent()) {
			return ProbeResult.no("it answered, but the object is still there");
		}
		scratch.removed();
		return ProbeResult.YES;
	}

	private ProbeResult conditionalWrites(Scratch scratch) {
		scratch.put((put) -> put.ifNoneMatch("*"));
		return refused(() -> scratch.put((put) -> put.ifNoneMatch("*"))) ? ProbeResult.YES
				: ProbeResult.no("it ignores If-None-Match");
	}

	/** Objects made of parts have another kind of ETag, which some stores get wrong. */
	private ProbeResult conditionalCopies(Scratch scratch) {
		scratch.putInParts();
		String tag = this.store.head(scratch.key()).orElseThrow().eTag();
		if (refused(() -> copyIf(scratch, tag))) {
			return ProbeResult.no("it compares another ETag than it tells, for objects made of parts");
		}
		return refused(() -> copyIf(scratch, "\"00000000000000000000000000000000\"")) ? ProbeResult.YES
				: ProbeResult.no("it ignores x-amz-copy-source-if-match");
	}

	private void copyIf(Scratch scratch, String tag) {
		String copy = scratch.key() + "-copy";
		String version = this.store.call(() -> this.s3.copyObject((request) -> request.sourceBucket(scratch.bucket())
			.sourceKey(scratch.key())
			.copySourceIfMatch(tag)
			.destinationBucket(scratch.bucket())
			.destinationKey(copy))).versionId();
		scratch.wrote(copy, version);
	}

	private static boolean refused(Runnable call) {
		try {
			call.run();
			return false;
		}
		catch (StoreFailure failure) {
			if (failure.status() == 412) {
				return true;
			}
			throw failure;
		}
	}

}
