package io.clipvault.jobs.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.clipvault.kit.MutableClock;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;

class FollowersTests {

	private final MutableClock clock = new MutableClock(Instant.EPOCH);

	private final Followers followers = new Followers(this.clock);

	private final Semaphore looks = new Semaphore(0);

	private final AtomicBoolean over = new AtomicBoolean();

	@Test
	void addWhenThereAreTooManyIsRefusedUntilOneHasLeft() {
		IntStream.range(0, Followers.MOST).forEach((number) -> this.followers.add("all", this::feed));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.followers.add("all", this::feed))
			.extracting(Problem::type)
			.isEqualTo(ProblemType.TOO_MANY_FOLLOWERS);
		this.over.set(true);
		await().ignoreExceptions().untilAsserted(() -> assertThat(this.followers.add("all", this::feed)).isNotNull());
	}

	@Test
	void addWhenTheFeedCannotBeOpenedTakesNoPlace() {
		for (int tries = 0; tries <= Followers.MOST; tries++) {
			assertThatIllegalStateException().isThrownBy(() -> this.followers.add("all", () -> {
				throw new IllegalStateException("unknown");
			}));
		}
		this.followers.close();
	}

	@Test
	void followersWhenNothingHappensAreSentAKeepAliveEvery15Seconds() throws Exception {
		MvcResult stream = open(this.followers);
		this.clock.advance(Duration.ofSeconds(14));
		this.looks.drainPermits();
		this.looks.acquire(2);
		assertThat(stream.getResponse().getContentAsString()).isEmpty();
		this.clock.advance(Duration.ofSeconds(1));
		await().untilAsserted(() -> assertThat(stream.getResponse().getContentAsString()).isEqualTo(":\n\n"));
		this.clock.advance(Duration.ofSeconds(15));
		await().untilAsserted(() -> assertThat(stream.getResponse().getContentAsString()).isEqualTo(":\n\n:\n\n"));
		this.followers.close();
	}

	@Test
	void followersWhenTheServiceStopsReachTheEndOfTheirStreams() throws Exception {
		AnnotationConfigApplicationContext service = new AnnotationConfigApplicationContext();
		service.registerBean(Clock.class, () -> this.clock);
		service.register(Followers.class);
		service.refresh();
		MvcResult stream = open(service.getBean(Followers.class));
		assertThatIllegalStateException().isThrownBy(() -> stream.getAsyncResult(0));
		service.close();
		assertThat(stream.getAsyncResult(10_000)).isNull();
	}

	private MvcResult open(Followers served) throws Exception {
		AllChanges changes = Mockito.mock();
		given(changes.follow()).willReturn(feed());
		return MockMvcBuilders.standaloneSetup(new JobEventsController(served, Mockito.mock(), changes))
			.build()
			.perform(get("/events"))
			.andExpect(request().asyncStarted())
			.andReturn();
	}

	private Feed feed() {
		return new Feed() {

			@Override
			public List<Event> next() {
				FollowersTests.this.looks.release();
				return List.of();
			}

			@Override
			public boolean isOver() {
				return FollowersTests.this.over.get();
			}

		};
	}

}
