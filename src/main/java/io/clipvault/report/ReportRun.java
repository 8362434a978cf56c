package io.clipvault.report;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;

import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.storage.Store;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists a bucket once for its report. */
@Component
class ReportRun {

	private final S3Client s3;

	private final Store store;

	private final StoreCalls calls;

	private final ReportSettings settings;

	private final Clock clock;

	ReportRun(S3Client s3, Store store, StoreCalls calls, ReportSettings settings, Clock clock) {
		this.s3 = s3;
		this.store = store;
		this.calls = calls;
		this.settings = settings;
		this.clock = clock;
	}

	@Async(ReportExecutors.EXECUTOR)
	CompletableFuture<Counting.Counted> count(Counting counting) {
		Tally tally = tally(counting);
		return CompletableFuture.completedFuture(new Counting.Counted(tally, this.clock.instant()));
	}

	private Tally tally(Counting counting) {
		Tally tally = new Tally(this.settings, this.store.prefix(), this.clock.instant());
		return this.calls.on(counting.bucket(), Feature.OBJECTS, () -> {
			for (ListObjectsV2Response page : this.s3.listObjectsV2Paginator(
					(list) -> list.bucket(counting.bucket().value()).encodingType(EncodingType.URL))) {
				page.contents().forEach((object) -> {
					tally.add(object);
					counting.bytes().addAndGet(object.size());
				});
				counting.objects().addAndGet(page.contents().size());
			}
			return tally;
		});
	}

}
