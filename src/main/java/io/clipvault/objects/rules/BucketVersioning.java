package io.clipvault.objects.rules;

import java.util.Objects;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Reads and sets the versioning of a bucket. */
@Component
class BucketVersioning {

	private final S3Client s3;

	private final StoreCalls calls;

	BucketVersioning(S3Client s3, StoreCalls calls) {
		this.s3 = s3;
		this.calls = calls;
	}

	Versioning get(BucketName bucket) {
		BucketVersioningStatus status = this.calls
			.on(bucket, Feature.VERSIONS,
					() -> this.s3.getBucketVersioning((request) -> request.bucket(bucket.value())))
			.status();
		return new Versioning(switch (status) {
			case ENABLED -> Versioning.State.ENABLED;
			case SUSPENDED -> Versioning.State.SUSPENDED;
			case UNKNOWN_TO_SDK_VERSION -> Versioning.State.OFF;
			case null -> Versioning.State.OFF;
		});
	}

	Versioning set(BucketName bucket, Versioning versioning) {
		BucketVersioningStatus status = switch (Objects.requireNonNull(versioning.status())) {
			case ENABLED -> BucketVersioningStatus.ENABLED;
			case SUSPENDED -> BucketVersioningStatus.SUSPENDED;
			case OFF -> throw new Problem(ProblemType.INVALID_REQUEST,
					"Versioning cannot be turned 'off' again: send 'suspended', which keeps the existing versions.");
		};
		// A store that ignores the subresource would take the write for another call.
		Versioning _ = get(bucket);
		this.calls.on(bucket, Feature.VERSIONS,
				() -> this.s3.putBucketVersioning((request) -> request.bucket(bucket.value())
					.versioningConfiguration((configuration) -> configuration.status(status))));
		return get(bucket);
	}

}
