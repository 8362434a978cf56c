package io.clipvault.jobs.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.clipvault.jobs.GalleryUpdated;
import io.clipvault.jobs.JobStatus;
import io.clipvault.jobs.ledger.Job;
import io.clipvault.jobs.ledger.JobDetails;
import io.clipvault.jobs.ledger.JobView;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

class AllChangesTests {

	private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

	private final JobDetails jobs = mock();

	private final MutableClock clock = new MutableClock(START);

	private final AllChanges changes = new AllChanges(this.jobs,
			JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build(), this.clock);

	@Test
	void followTellsTheOpenJobsFirstAndThenEachChangeOnce() {
		given(this.jobs.open(AllChanges.MOST_OPEN)).willReturn(List.of(job("open", JobStatus.UPLOADING, 0)));
		changed(job("before", JobStatus.COMPLETED, 0));
		Feed feed = this.changes.follow();
		assertThat(told(feed)).containsExactly("job open uploading");
		assertThat(told(feed)).as("what changed before is not told").isEmpty();

		changed(job("before", JobStatus.COMPLETED, 0), job("open", JobStatus.COMPLETED, 0));
		assertThat(told(feed)).containsExactly("job open completed");
		assertThat(told(feed)).as("the look back sees the same change again").isEmpty();
		this.changes.onGallery(new GalleryUpdated(new JobId("open")));
		assertThat(feed.next()).containsExactly(new Feed.Event("gallery", "{\"job_id\":\"open\"}"));
		assertThat(feed.isOver()).isFalse();
	}

	@Test
	void lookWhenAChangeBecomesVisibleLateTellsIt() {
		changed();
		Feed feed = this.changes.follow();
		changed(job("newer", JobStatus.COMPLETED, 0));
		assertThat(told(feed)).containsExactly("job newer completed");
		verify(this.jobs).changed(START.minus(AllChanges.LATE), START.plus(JobWatch.INTERVAL).plus(AllChanges.LATE),
				AllChanges.MOST_CHANGED);
		changed(job("older", JobStatus.FAILED, 0), job("newer", JobStatus.COMPLETED, 0));
		assertThat(told(feed)).containsExactly("job older failed");
	}

	@Test
	void lookWhenTheClockIsSetBackCoversTheTimesBeforeAndAfter() {
		changed();
		Feed feed = this.changes.follow();
		this.clock.advance(Duration.ofHours(-1));
		feed.next();
		verify(this.jobs).changed(START.minus(Duration.ofHours(1)).minus(AllChanges.LATE), START.plus(AllChanges.LATE),
				AllChanges.MOST_CHANGED);
	}

	@Test
	void lookWhenTheClockJumpsAheadStartsWhereTheLastOneEnded() {
		changed();
		Feed feed = this.changes.follow();
		this.clock.advance(Duration.ofHours(1));
		feed.next();
		verify(this.jobs).changed(START.minus(AllChanges.LATE), START.plus(Duration.ofHours(1)).plus(AllChanges.LATE),
				AllChanges.MOST_CHANGED);
	}

	@Test
	void lookWhenManyFollowIsDoneOnceAnIntervalAndNeverWithoutFollowers() {
		this.clock.advance(Duration.ofDays(1));
		this.changes.onGallery(new GalleryUpdated(new JobId("talk")));
		verifyNoInteractions(this.jobs);
		changed();
		List<Feed> feeds = IntStream.range(0, 20).mapToObj((number) -> this.changes.follow()).toList();
		feeds.forEach(Feed::next);
		verify(this.jobs, times(1)).changed(any(), any(), anyInt());
		changed(job("talk", JobStatus.QUEUED, 0));
		this.clock.advance(JobWatch.INTERVAL);
		assertThat(feeds).allSatisfy((feed) -> assertThat(feed.next()).hasSize(1));
		verify(this.jobs, times(2)).changed(any(), any(), anyInt());
	}

	@Test
	void lookWhenBytesArriveTellsTheirRate() {
		changed(job("talk", JobStatus.UPLOADING, 0));
		Feed feed = this.changes.follow();
		changed(job("talk", JobStatus.UPLOADING, 1000));
		this.clock.advance(JobWatch.INTERVAL);
		assertThat(feed.next()).singleElement()
			.extracting(Feed.Event::json)
			.asString()
			.contains("\"bytes_done\":1000", "\"bytes_per_second\":2000");
	}

	@Test
	void lookWhenTheDatabaseIsAwayTellsTheChangesOnceItIsBack() {
		changed();
		Feed feed = this.changes.follow();
		given(this.jobs.changed(any(), any(), anyInt())).willThrow(new QueryTimeoutException("away"));
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(told(feed)).isEmpty();
		changed(job("talk", JobStatus.COMPLETED, 0));
		assertThat(told(feed)).containsExactly("job talk completed");
		verify(this.jobs).changed(START.minus(AllChanges.LATE), this.clock.instant().plus(AllChanges.LATE),
				AllChanges.MOST_CHANGED);
	}

	@Test
	void feedWhenItsFollowerIsTooSlowIsOver() {
		changed();
		Feed slow = this.changes.follow();
		Feed quick = this.changes.follow();
		IntStream.range(0, RecentEvents.KEPT)
			.forEach((number) -> this.changes.onGallery(new GalleryUpdated(new JobId("job-" + number))));
		assertThat(quick.next()).hasSize(RecentEvents.KEPT).last().isEqualTo(gallery(RecentEvents.KEPT - 1));
		this.changes.onGallery(new GalleryUpdated(new JobId("job-" + RecentEvents.KEPT)));
		assertThat(quick.next()).containsExactly(gallery(RecentEvents.KEPT));
		assertThat(quick.isOver()).isFalse();
		assertThat(slow.next()).isEmpty();
		assertThat(slow.isOver()).isTrue();
	}

	private static Feed.Event gallery(int number) {
		return new Feed.Event("gallery", "{\"job_id\":\"job-" + number + "\"}");
	}

	private void changed(JobView... jobs) {
		willReturn(List.of(jobs)).given(this.jobs).changed(any(), any(), anyInt());
	}

	/** The events after one more interval. */
	private List<String> told(Feed feed) {
		this.clock.advance(JobWatch.INTERVAL);
		JsonMapper json = new JsonMapper();
		return feed.next()
			.stream()
			.map((event) -> event.name() + " " + json.readTree(event.json()).path("id").asString() + " "
					+ json.readTree(event.json()).path("status").asString())
			.toList();
	}

	private static JobView job(String id, JobStatus status, long bytes) {
		return JobView.of(new Job(new JobId(id), id, 1, status, new Job.Counts(0, 1, bytes, 10_000), 1, null,
				Instant.EPOCH, null, null, null, null, null));
	}

}
