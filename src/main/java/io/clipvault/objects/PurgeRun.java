package io.clipvault.objects;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/** Removes a bucket with all it holds. */
@Component
class PurgeRun {

	/** What is written meanwhile is removed too, but not for ever. */
	private static final int PASSES = 3;

	private static final Logger log = LoggerFactory.getLogger(PurgeRun.class);

	private final Purges purges;

	private final BucketContents contents;

	private final Buckets buckets;

	PurgeRun(Purges purges, BucketContents contents, Buckets buckets) {
		this.purges = purges;
		this.contents = contents;
		this.buckets = buckets;
	}

	@Async(BackgroundWork.EXECUTOR)
	void purge(BucketName bucket) {
		try {
			remove(bucket, PASSES);
			this.purges.ended(bucket, Purge.State.COMPLETED, null);
			log.info("The bucket {} is purged.", bucket);
		}
		catch (Problem problem) {
			log.warn("The bucket {} is not purged: {}", bucket, problem.detail());
			this.purges.ended(bucket, Purge.State.FAILED, problem.detail());
		}
		catch (RuntimeException failure) {
			log.error("The bucket {} is not purged", bucket, failure);
			this.purges.ended(bucket, Purge.State.FAILED, "The service failed: its log tells more.");
			throw failure;
		}
	}

	private void remove(BucketName bucket, int passes) {
		this.contents.remove(bucket, (count) -> this.purges.removed(bucket, count));
		try {
			this.buckets.delete(bucket);
		}
		catch (Problem refused) {
			if (refused.type() != ProblemType.BUCKET_NOT_EMPTY || passes == 1) {
				throw refused;
			}
			remove(bucket, passes - 1);
		}
	}

}
