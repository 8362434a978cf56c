package io.clipvault.layouts;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArtifactKeyTests {

	@Test
	void parseWhenKeyIsAJobsGivesItBack() {
		ArtifactKey key = new ArtifactKey(new JobId("job.1"), "a b+c.mp4");
		assertThat(ArtifactKey.parse("clips/", key.under("clips/"))).hasValue(key);
		assertThat(ArtifactKey.parse("", key.under(""))).hasValue(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clip.mp4", "job/", "/clip.mp4", "-job/clip.mp4", "j b/clip.mp4", "" })
	void parseWhenKeyIsNoJobsIsEmpty(String key) {
		assertThat(ArtifactKey.parse("", key)).isEmpty();
	}

	@Test
	void parseWhenKeyIsOutsideThePrefixIsEmpty() {
		assertThat(ArtifactKey.parse("clips/", "other/job/clip.mp4")).isEmpty();
	}

	@Test
	void underWhenKeyFitsS3ExactlyIsTakenAndOneByteMoreIsRefused() {
		JobId job = new JobId("job");
		assertThat(new ArtifactKey(job, "é".repeat(510)).under("")).hasSize(514);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ArtifactKey(job, "é".repeat(510) + "x").under(""))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNUSABLE_FILE_NAME));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "-a", "_a", "a/b", "a b", "a%2fb", "é", "a\n" })
	void jobIdWhenCharactersAreUnknownIsRefused(String id) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new JobId(id))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_JOB_ID));
	}

	@Test
	void jobIdWhenItIs128LongIsTakenAndOneMoreIsRefused() {
		assertThat(new JobId("a".repeat(128)).value()).hasSize(128);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new JobId("a".repeat(129)));
	}

}
