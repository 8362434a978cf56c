package io.clipvault.gallery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.clipvault.gallery.catalog.GalleryDatabase;
import io.clipvault.gallery.catalog.InMemoryBucket;
import io.clipvault.gallery.catalog.Position;
import io.clipvault.gallery.catalog.Replica;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.MutableClock;
import io.clipvault.layouts.JobId;
import io.clipvault.links.Links;
import io.clipvault.links.TestLinks;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.TestStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;

class PagesTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T12:00:00Z"));

	private final InMemoryBucket bucket = new InMemoryBucket(this.clock, 1000);

	private final Replica replica = new Replica(this.bucket, GalleryDatabase.sqlite(), this.clock);

	private final List<Duration> signed = new ArrayList<>();

	private final JsonMapper json = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	private @Nullable Instant credentialsEnd;

	private final Pages pages = pages();

	private Pages pages() {
		AwsCredentialsProvider credentials = () -> AwsSessionCredentials.builder()
			.accessKeyId("key")
			.secretAccessKey("secret")
			.sessionToken("token")
			.expirationTime(this.credentialsEnd)
			.build();
		Links links = Mockito.spy(TestLinks.of(credentials, this.clock));
		willAnswer((call) -> {
			this.signed.add(call.getArgument(1));
			return "https://clips/" + call.getArgument(0) + "?n=" + this.signed.size();
		}).given(links).toRead(any(), any());
		CaffeineCacheManager caches = new CaffeineCacheManager();
		new Pages.PageCache().galleryPages(this.clock).customize(caches);
		return new Pages(caches, new ClipLinks(links, TestStores.of("clips", ""),
				new GallerySettings(Duration.ofHours(2)), Replica.SETTINGS), this.json, Replica.SETTINGS, this.clock);
	}

	@AfterEach
	void stop() {
		this.replica.live.destroy();
	}

	@Test
	void pageWhenCachedIsTheSameBytesAndSignsNothing() {
		put("a", 3);
		Page first = page(newest(2, null));
		this.clock.advance(Replica.SETTINGS.fresh().minusMillis(1));
		assertThat(page(newest(2, null))).isSameAs(first);
		assertThat(this.signed).hasSize(2).containsOnly(Duration.ofHours(2));
		assertThat(first.etag()).matches("W/\"[A-Za-z0-9_-]{20}\"");
	}

	@Test
	void pageWhenTheClipsAreUnchangedOutlivesARefresh() {
		put("a", 1);
		Page first = page(newest(2, null));
		this.replica.live.get(true);
		assertThat(page(newest(2, null))).isSameAs(first);
		put("b", 1);
		this.replica.live.get(true);
		assertThat(page(newest(2, null)).etag()).isNotEqualTo(first.etag());
	}

	@Test
	void pageWhenAJobChangesThatItDoesNotShowIsKept() {
		put("a", 1);
		put("b", 1);
		View one = new View.Newest(new JobId("a"), false, List.of(), null, 2);
		Page ofOne = page(one);
		Page ofAll = page(newest(9, null));
		put("b", 2);
		this.replica.live.get(true);
		assertThat(page(one)).isSameAs(ofOne);
		assertThat(page(newest(9, null))).isNotSameAs(ofAll);
		// The page was kept, but not for longer.
		this.clock.advance(Replica.SETTINGS.fresh());
		assertThat(page(one)).isNotSameAs(ofOne);
	}

	@Test
	void pageWhenFiveMinutesOldIsSignedAnew() {
		put("a", 1);
		Page first = page(newest(2, null));
		this.clock.advance(Replica.SETTINGS.fresh());
		assertThat(page(newest(2, null))).isNotSameAs(first);
		assertThat(this.signed).hasSize(2);
	}

	@Test
	void pageWhenTheClockWasSetBackIsSignedAnew() {
		put("a", 1);
		Page first = page(newest(2, null));
		this.clock.advance(Duration.ofHours(-4));
		Page second = page(newest(2, null));
		assertThat(second).isNotSameAs(first);
		assertThat(page(newest(2, null))).isSameAs(second);
		assertThat(this.signed).hasSize(2);
	}

	@Test
	void pageWhenCredentialsEndSoonIsServedForHalfOfWhatIsLeft() {
		put("a", 1);
		this.credentialsEnd = this.clock.instant().plusSeconds(120);
		Page first = page(newest(2, null));
		assertThat(this.signed).containsExactly(Duration.ofMinutes(2));
		this.clock.advance(Duration.ofSeconds(60).minusMillis(1));
		assertThat(page(newest(2, null))).isSameAs(first);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(page(newest(2, null))).isNotSameAs(first);
		assertThat(this.signed).containsExactly(Duration.ofMinutes(2), Duration.ofMinutes(1));
	}

	@Test
	void pageWhenCredentialsOutliveTheLinksIsBoundByTheLinks() {
		put("a", 1);
		this.credentialsEnd = this.clock.instant().plus(Duration.ofDays(1));
		page(newest(2, null));
		assertThat(this.signed).containsExactly(Duration.ofHours(2));
	}

	@Test
	void pageWhenCredentialsHaveEndedIsRefusedWithTheRepair() {
		put("a", 1);
		this.credentialsEnd = this.clock.instant().plusMillis(999);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> page(newest(2, null)))
			.withMessageContaining("have expired")
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_REFUSED));
	}

	@Test
	void cursorWhenClipsComeAndGoNeitherRepeatsNorSkipsTheOthers() {
		for (int number = 0; number < 9; number++) {
			this.clock.advance(Duration.ofSeconds(1));
			put("job-" + number, 1);
		}
		Page first = page(newest(3, null));
		assertThat(jobs(first)).containsExactly("job-8", "job-7", "job-6");
		this.clock.advance(Duration.ofSeconds(1));
		put("newer", 2);
		this.bucket.remove("job-6/talk_clip_1.mp4");
		this.bucket.remove("job-4/talk_metadata.json");
		this.bucket.put("job-5/hook_talk_clip_1.mp4", "new rendering");
		this.replica.live.get(true);

		Page second = page(newest(3, cursor(first)));
		assertThat(jobs(second)).containsExactly("job-5", "job-3", "job-2");
		Page third = page(newest(3, cursor(second)));
		assertThat(jobs(third)).containsExactly("job-1", "job-0");
		assertThat(third.next()).isNull();
	}

	@Test
	void pagesWhenFollowedShowEveryClipOnce() {
		IntStream.range(0, 20).forEach((number) -> put("job-" + (number % 7), 1 + number % 5));
		int all = this.replica.live.get(true).catalog().entries().size();
		List<String> seen = new ArrayList<>();
		Page page = page(newest(3, null));
		while (page.next() != null) {
			seen.addAll(urls(page));
			page = page(newest(3, cursor(page)));
		}
		seen.addAll(urls(page));
		assertThat(seen).hasSize(all).doesNotHaveDuplicates();
	}

	@Test
	void wordsAreFoundInTitlesAndDescriptionsWhateverTheirCase() {
		this.bucket.put("a/x_metadata.json",
				"{\"shorts\": [{\"video_title_for_youtube_short\": \"Über Snoozing\", \"video_description_for_tiktok\": \"Nine more MINUTES\"},"
						+ "{\"video_description_for_instagram\": \"snooze\"}]}");
		this.bucket.put("a/x_clip_1.mp4", "1");
		this.bucket.put("a/x_clip_2.mp4", "2");
		assertThat(found("SNOOZ")).isEqualTo(2);
		assertThat(found("über")).isEqualTo(1);
		assertThat(found("minutes", "snooz")).isEqualTo(1);
		assertThat(found("minutes", "instagram")).isZero();
		assertThat(found("untitled")).isEqualTo(1);
	}

	@Test
	void dashboardPagesByOffsetAndTellsWhetherThereIsMore() {
		put("a", 5);
		JsonNode first = read(page(new View.Dashboard(2, 0)));
		assertThat(first.path("clips")).hasSize(2);
		assertThat(first.path("total").asInt()).isEqualTo(5);
		assertThat(first.path("has_more").asBoolean()).isTrue();
		JsonNode last = read(page(new View.Dashboard(2, 4)));
		assertThat(last.path("clips")).hasSize(1);
		assertThat(last.path("has_more").asBoolean()).isFalse();
		JsonNode beyond = read(page(new View.Dashboard(2, Integer.MAX_VALUE)));
		assertThat(beyond.path("clips")).isEmpty();
		assertThat(beyond.path("offset").asInt()).isEqualTo(Integer.MAX_VALUE);
	}

	private int found(String... words) {
		return read(page(new View.Newest(null, false, List.of(words), null, 50))).size();
	}

	private void put(String job, int clips) {
		IntStream.rangeClosed(1, clips)
			.forEach((number) -> this.bucket.put(job + "/talk_clip_" + number + ".mp4", "clip"));
		this.bucket.put(job + "/talk_metadata.json", JobFolder.metadata(clips));
	}

	private Page page(View view) {
		return this.pages.page(this.replica.live.get(false).catalog(), view);
	}

	private static View newest(int limit, @Nullable Position after) {
		return new View.Newest(null, false, List.of(), after, limit);
	}

	private static Position cursor(Page page) {
		String next = Optional.ofNullable(page.next()).orElseThrow();
		return Position.of(next.substring(next.indexOf("cursor=") + "cursor=".length()));
	}

	private JsonNode read(Page page) {
		return this.json.readTree(page.body(false));
	}

	private List<String> jobs(Page page) {
		List<String> found = new ArrayList<>();
		read(page).forEach((clip) -> found.add(clip.path("job_id").asString()));
		return found;
	}

	private List<String> urls(Page page) {
		List<String> urls = new ArrayList<>();
		read(page).forEach((clip) -> urls.add(clip.path("url").asString().replaceFirst("\\?.*", "")));
		return urls;
	}

}
