package io.clipvault.abilities;

import java.util.function.Function;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

import org.springframework.stereotype.Component;

/**
 * Copies an object only if it still has the ETag that was read. Some stores ignore this
 * condition; others compare another ETag than they tell, for objects made of parts, and
 * would refuse every copy: there the ETag is read again before the copy.
 */
@Component
public class CheckedCopies {

	private final S3Client s3;

	private final Store store;

	private final StoreAbilities abilities;

	CheckedCopies(S3Client s3, Store store, StoreAbilities abilities) {
		this.s3 = s3;
		this.store = store;
		this.abilities = abilities;
	}

	/** Copies an object; the request names the ETag that its source must have. */
	public CopyObjectResponse copy(CopyObjectRequest request) {
		Source source = new Source(HeadObjectRequest.builder()
			.bucket(request.sourceBucket())
			.key(request.sourceKey())
			.versionId(request.sourceVersionId())
			.build(), request.copySourceIfMatch());
		return copy(source, (tag) -> this.store.call(request.destinationBucket(),
				() -> this.s3.copyObject(request.toBuilder().copySourceIfMatch(tag).build())));
	}

	/** Copies a part; the request names the ETag that its source must have. */
	public UploadPartCopyResponse copyPart(UploadPartCopyRequest request) {
		Source source = new Source(HeadObjectRequest.builder()
			.bucket(request.sourceBucket())
			.key(request.sourceKey())
			.versionId(request.sourceVersionId())
			.build(), request.copySourceIfMatch());
		return copy(source, (tag) -> this.store.call(request.destinationBucket(),
				() -> this.s3.uploadPartCopy(request.toBuilder().copySourceIfMatch(tag).build())));
	}

	private <T> T copy(Source source, Function<@Nullable String, T> copy) {
		if (!this.abilities.has(Ability.CONDITIONAL_COPIES)) {
			if (!isUnchanged(source)) {
				throw new Problem(ProblemType.CONDITION_FAILED,
						"'%s' has changed while it was copied: send the request again."
							.formatted(source.object().key()));
			}
			return copy.apply(null);
		}
		try {
			return copy.apply(source.tag());
		}
		catch (StoreFailure refused) {
			if (refused.status() != 412 || !isUnchanged(source)) {
				throw refused;
			}
			this.abilities.note(Ability.CONDITIONAL_COPIES, ProbeResult.no("it refused a copy of an unchanged object"));
			return copy.apply(null);
		}
	}

	private boolean isUnchanged(Source source) {
		return this.store.head(source.object()).filter((head) -> source.tag().equals(head.eTag())).isPresent();
	}

	/** An object, and the ETag that it must have. */
	private record Source(HeadObjectRequest object, String tag) {
	}

}
