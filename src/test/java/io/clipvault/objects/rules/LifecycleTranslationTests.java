package io.clipvault.objects.rules;

import java.util.List;
import java.util.Map;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LifecycleTranslationTests {

	@Test
	void ruleWhenFullComesBackWhole() {
		LifecycleRules.Rule rule = new LifecycleRules.Rule("all", false,
				new LifecycleRules.Filter("p/", 1L, 2L, Map.of("a", "b")),
				List.of(new LifecycleRules.Transition(3, null, "GLACIER"),
						new LifecycleRules.Transition(null, "2027-01-01T00:00:00Z", "DEEP_ARCHIVE")),
				new LifecycleRules.Expiration(null, "2028-01-01T00:00:00Z", null),
				new LifecycleRules.Older(4, 5, List.of(new LifecycleRules.Transition(6, null, "STANDARD_IA"))), 7);
		assertThat(LifecycleTranslation.ofStore(LifecycleTranslation.toStore(rule))).isEqualTo(rule);
	}

	@Test
	void ruleWhenFilterHasOnePartIsNotJoined() {
		for (LifecycleRules.Filter filter : List.of(new LifecycleRules.Filter("p/", null, null, null),
				new LifecycleRules.Filter(null, 1L, null, null), new LifecycleRules.Filter(null, null, 2L, null),
				new LifecycleRules.Filter(null, null, null, Map.of("a", "b")))) {
			LifecycleRules.Rule rule = new LifecycleRules.Rule("one", true, filter, List.of(), null, null, 1);
			assertThat(LifecycleTranslation.toStore(rule).filter().and()).isNull();
			assertThat(LifecycleTranslation.ofStore(LifecycleTranslation.toStore(rule))).isEqualTo(rule);
		}
	}

	@Test
	void ruleWhenDateIsNoneIsRefused() {
		LifecycleRules.Rule rule = new LifecycleRules.Rule("date", true, null,
				List.of(new LifecycleRules.Transition(null, "tomorrow", "GLACIER")), null, null, null);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> LifecycleTranslation.toStore(rule))
			.withMessageContaining("'tomorrow'");
	}

}
