package io.clipvault.jobs.follow;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.clipvault.kit.MutableClock;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class FollowersTests {

	private final Followers followers = new Followers(new MutableClock(Instant.EPOCH));

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

	private Feed feed() {
		return new Feed() {

			@Override
			public List<Event> next() {
				return List.of();
			}

			@Override
			public boolean isOver() {
				return FollowersTests.this.over.get();
			}

		};
	}

}
