package io.clipvault.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import io.clipvault.kit.MutableClock;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundedBodyTests {

	private static final int MEGABYTE = 1 << 20;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final BodyBudget budget = new BodyBudget();

	@Test
	void readWhenTheBodyIsAtItsBoundGivesItAndOneByteMoreIsRefused() throws IOException {
		assertThat(body(1000, 1000).readAllBytes()).hasSize(1000);
		refused(body(1001, 1000), ProblemType.BODY_TOO_LARGE);
	}

	@Test
	void readWhenOtherBodiesTakeTheWholeBudgetIsRefusedUntilTheyAreReleased() throws IOException {
		int most = (int) BodyBudget.MOST;
		BoundedBody other = body(most, most);
		other.readAllBytes();
		BoundedBody late = body(1, 10);
		refused(late, ProblemType.TOO_MANY_BODIES);
		late.release();

		other.release();
		assertThat(body(1, 10).readAllBytes()).hasSize(1);
	}

	@Test
	void readWhenBytesTrickleIsRefusedAndAnEvenSlowUplinkIsNot() throws IOException {
		BoundedBody trickling = body(1000, 1000);
		assertThat(trickling.read()).isZero();
		this.clock.advance(Duration.ofSeconds(31));
		refused(trickling, ProblemType.BODY_TOO_SLOW);

		BoundedBody slow = body(16 * MEGABYTE, 16 * MEGABYTE);
		for (int second = 0; second < 16 * 16; second++) {
			assertThat(slow.readNBytes(64 << 10)).hasSize(64 << 10);
			this.clock.advance(Duration.ofSeconds(1));
		}
	}

	private BoundedBody body(int bytes, int most) {
		return new BoundedBody(new ByteArrayInputStream(new byte[bytes]), most, this.budget, this.clock);
	}

	private static void refused(BoundedBody body, ProblemType type) {
		assertThatExceptionOfType(Problem.class).isThrownBy(body::readAllBytes)
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(type));
	}

}
