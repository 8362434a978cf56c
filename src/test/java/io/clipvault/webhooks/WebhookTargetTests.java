package io.clipvault.webhooks;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WebhookTargetTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "hook", "ftp://example.org/", "file:///etc/passwd", "http:///path", "https://",
			"https://user:pass@example.org/", "https://example.org/#part", "https://example.org:0/",
			"https://example.org:65536/", "https://exa mple.org/", "https://under_score.example.org/" })
	void targetWhenUrlIsNoPlainHttpAddressIsRefused(String url) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new WebhookTarget(url, "secret"))
			.satisfies((problem) -> assertThat(problem.detail()).contains("'url' must be an http or https address"));
	}

	@Test
	void targetWhenUrlOrSecretIsAtItsBoundIsTakenAndBeyondRefused() {
		String url = "https://example.org/" + "p".repeat(2048 - 20);
		assertThat(new WebhookTarget(url, "s".repeat(256)).url()).hasSize(2048);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new WebhookTarget(url + "p", "s"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new WebhookTarget(url, "s".repeat(257)));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new WebhookTarget(url, " "));
	}

	@Test
	void textNeverShowsTheSecret() {
		assertThat(new WebhookTarget("https://example.org/", "hush-hush")).asString().doesNotContain("hush");
		assertThat(new WebhookSettings("https://example.org/", "hush-hush", false)).asString().doesNotContain("hush");
		assertThat(new Delivery("1", new WebhookTarget("https://example.org/", "hush-hush"), "hush", 1)).asString()
			.doesNotContain("hush");
	}

	@Test
	void settingsWhenOnlyOneOfUrlAndSecretIsSetAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSettings("https://example.org/", "", false));
		assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSettings(null, "secret", false));
		assertThat(new WebhookSettings("", "", false).target()).isNull();
	}

}
