package io.clipvault.layouts;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RenderingTests {

	private static final String CLIP = "talk_clip_1.mp4";

	@ParameterizedTest
	@ValueSource(strings = { CLIP, "subtitled_1700000000_" + CLIP, "recut_17_" + CLIP, "hooked_17_" + CLIP,
			"hook_" + CLIP, "hook_subtitled_17_recut_18_" + CLIP, "hook_hook_" + CLIP })
	void ofWhenOnlyStepsComeBeforeTheClipIsARendering(String fileName) {
		assertThat(Rendering.of(fileName, CLIP)).isPresent();
		assertThat(Rendering.stem(fileName)).isEqualTo(CLIP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "talk_clip_2.mp4", "my_" + CLIP, "subtitled_" + CLIP, "subtitled_x_" + CLIP, "hook" + CLIP,
			"talk_clip_1.mp4.mp4", "alk_clip_1.mp4", "recut_1_x_" + CLIP })
	void ofWhenAnythingElseComesBeforeTheClipIsNone(String fileName) {
		assertThat(Rendering.of(fileName, CLIP)).isEmpty();
	}

	@Test
	void newestIsTheLatestStepThenTheLongestChain() {
		assertThat(newest(CLIP, "hook_" + CLIP)).isEqualTo("hook_" + CLIP);
		assertThat(newest("hook_" + CLIP, "subtitled_16_" + CLIP)).isEqualTo("subtitled_16_" + CLIP);
		assertThat(newest("subtitled_9_" + CLIP, "recut_10_" + CLIP)).isEqualTo("recut_10_" + CLIP);
		assertThat(newest("hook_subtitled_16_" + CLIP, "subtitled_16_" + CLIP)).isEqualTo("hook_subtitled_16_" + CLIP);
		assertThat(newest("hook_subtitled_16_" + CLIP, "subtitled_17_" + CLIP)).isEqualTo("subtitled_17_" + CLIP);
		assertThat(newest("subtitled_99999999999999999999_" + CLIP, "recut_17_" + CLIP))
			.isEqualTo("subtitled_99999999999999999999_" + CLIP);
	}

	@Test
	void titleThatBeginsLikeAStepIsStillATitle() {
		String clip = "hook_story_clip_1.mp4";
		assertThat(Rendering.of(clip, clip)).isPresent();
		assertThat(Rendering.of("subtitled_17_" + clip, clip)).isPresent();
		assertThat(Rendering.of("story_clip_1.mp4", clip)).isEmpty();
		assertThat(Rendering.stem("subtitled_17_" + clip)).isEqualTo(Rendering.stem(clip));
	}

	private static String newest(String... files) {
		return new Renderings(List.of(files)).newest(CLIP).orElseThrow();
	}

}
