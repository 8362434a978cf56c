package io.clipvault.jobs.artifacts;

import java.time.Instant;
import java.util.List;

import io.clipvault.kit.Crowd;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/** How many zips and restores there are at once. */
class ArtifactPlacesTests {

	private static final JobId JOB = new JobId("talk");

	@Test
	void zipWhenAllPlacesAreTakenIsRefusedWithoutTheHeadersOfAZip() throws InterruptedException {
		ArtifactStore store = Mockito.mock();
		given(store.all(JOB))
			.willReturn(List.of(new StoredArtifact("talk_clip_1.mp4", "talk/talk_clip_1.mp4", 1, Instant.EPOCH, "")));
		ArtifactZip zip = new ArtifactZip(store);
		try (Crowd slow = new Crowd(ArtifactZip.MOST)) {
			given(store.open(any())).willAnswer((open) -> {
				slow.pause();
				throw new IllegalStateException("over");
			});
			slow.enter(() -> zip.send(JOB, get(), new MockHttpServletResponse()));
			MockHttpServletResponse refused = new MockHttpServletResponse();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> zip.send(JOB, get(), refused))
				.extracting(Problem::type)
				.isEqualTo(ProblemType.DOWNLOADS_BUSY);
			assertThat(refused.getHeaderNames()).isEmpty();
		}
	}

	@Test
	void restoreWhenAllPlacesAreTakenIsRefusedAndHoldsNothing() throws InterruptedException {
		ArtifactFiles files = Mockito.mock();
		Restore restore = new Restore(files, Mockito.mock(), Mockito.mock(), Mockito.mock(), Mockito.mock());
		try (Crowd slow = new Crowd(Restore.MOST)) {
			given(files.of(JOB)).willAnswer((list) -> {
				slow.pause();
				throw new IllegalStateException("over");
			});
			slow.enter(() -> restore.restore(JOB, null));
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> restore.restore(JOB, null))
				.extracting(Problem::type)
				.isEqualTo(ProblemType.DOWNLOADS_BUSY);
		}
	}

	private static MockHttpServletRequest get() {
		return new MockHttpServletRequest("GET", "/jobs/talk/artifacts.zip");
	}

}
