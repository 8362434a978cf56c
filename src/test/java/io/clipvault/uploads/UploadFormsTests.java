package io.clipvault.uploads;

import java.time.Duration;

import io.clipvault.abilities.TestAbilities;
import io.clipvault.kit.FaultProxy;
import io.clipvault.links.TestForms;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ProxiedStore;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadFormsTests {

	private static final DirectUploadSettings SETTINGS = new DirectUploadSettings("_uploads", DataSize.ofGigabytes(5),
			Duration.ofHours(1));

	@Test
	void formWhenTheStoreTakesNoFormPostsIsRefusedAndNamesTheParts() {
		try (ProxiedStore proxied = new ProxiedStore()) {
			proxied.answer("^POST ", FaultProxy.Reply.error(400, "BadRequest", "Bad URL."));
			UploadForms forms = new UploadForms(TestForms.of(proxied), proxied.store(), TestAbilities.of(proxied),
					SETTINGS);
			UploadKey key = new UploadKeys(SETTINGS, proxied.store()).next("talk.mp4", null);
			for (int time = 1; time <= 2; time++) {
				assertThatExceptionOfType(Problem.class).isThrownBy(() -> forms.form(key, null, null))
					.withMessageContaining("/uppy/s3/multipart")
					.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_CANNOT));
			}
			assertThat(proxied.requests()).as("the store is asked once").hasSize(1);
		}
	}

	@Test
	void formWhenTheStoreTakesFormPostsIsSigned() {
		try (ProxiedStore proxied = new ProxiedStore()) {
			UploadForms forms = new UploadForms(TestForms.of(proxied), proxied.store(), TestAbilities.of(proxied),
					SETTINGS);
			UploadKey key = new UploadKeys(SETTINGS, proxied.store()).next("talk.mp4", null);
			assertThat(forms.form(key, null, null).url().toString()).isEqualTo("http://public.example/proxied");
		}
	}

}
