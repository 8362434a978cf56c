package io.clipvault.jobs.audits;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.clipvault.jobs.ledger.StoredFiles;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists the bucket for objects that belong to no known job. */
@Component
class UnknownObjects {

	private static final String POSTERS = "_posters/";

	private static final String EDITS = "/.clipvault.json";

	private static final String AUDIO = ".mp3";

	private final S3Client s3;

	private final Store store;

	private final StoredFiles files;

	private final Pace pace;

	private final String uploads;

	UnknownObjects(S3Client s3, Store store, StoredFiles files, Pace pace,
			@Value("${clipvault.direct-uploads.directory:_uploads}") String uploads) {
		this.s3 = s3;
		this.store = store;
		this.files = files;
		this.pace = pace;
		this.uploads = uploads + "/";
	}

	/**
	 * Fails if the bucket does not exist, so that its objects are not all taken for
	 * missing: a HEAD answers 404 for both.
	 */
	void requireExistence() {
		this.pace.await();
		this.store.call(() -> this.s3
			.listObjectsV2((list) -> list.bucket(this.store.bucket()).prefix(this.store.prefix()).maxKeys(1)));
	}

	/** Looks through the objects after a key, at most a thousand. */
	Page page(String after) {
		ListObjectsV2Response listed = list(after);
		List<Finding> strange = strange(listed);
		if (!strange.isEmpty()) {
			// A removal may have ended between the listing and the question for its job.
			Set<String> still = new HashSet<>(list(after).contents().stream().map(S3Object::key).toList());
			strange = strange.stream().filter((finding) -> still.contains(finding.key())).toList();
		}
		boolean more = Boolean.TRUE.equals(listed.isTruncated()) && !listed.contents().isEmpty();
		return new Page(strange, more ? listed.contents().getLast().key() : null);
	}

	private ListObjectsV2Response list(String after) {
		this.pace.await();
		return this.store.call(() -> this.s3.listObjectsV2((list) -> list.bucket(this.store.bucket())
			.prefix(this.store.prefix())
			.startAfter(after.isEmpty() ? null : after)
			.encodingType(EncodingType.URL)));
	}

	private List<Finding> strange(ListObjectsV2Response listed) {
		List<Finding> candidates = listed.contents()
			.stream()
			.map(S3Object::key)
			.filter((key) -> !isOurs(key.substring(this.store.prefix().length())))
			.map((key) -> new Finding(job(key.substring(this.store.prefix().length())), key))
			.toList();
		Set<String> known = this.files.known(candidates.stream()
			.map(Finding::jobId)
			.filter((job) -> job != null)
			.map(JobId::value)
			.collect(Collectors.toSet()));
		return candidates.stream()
			.filter((finding) -> finding.jobId() == null || !known.contains(finding.jobId().value()))
			.toList();
	}

	/** Whether the service keeps something there that is no job's file. */
	private boolean isOurs(String name) {
		int slash = name.indexOf('/');
		return name.startsWith(this.uploads) || name.startsWith(POSTERS) || (slash < 0 && name.endsWith(AUDIO))
				|| (slash > 0 && name.substring(slash).equals(EDITS));
	}

	private static @Nullable JobId job(String name) {
		int slash = name.indexOf('/');
		return (slash > 0 && JobId.isValid(name.substring(0, slash))) ? new JobId(name.substring(0, slash)) : null;
	}

	/**
	 * A part of the bucket.
	 *
	 * @param last its last key; {@code null} if nothing follows
	 */
	record Page(List<Finding> unknown, @Nullable String last) {
	}

}
