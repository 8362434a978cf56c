package io.clipvault.layouts;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobCompletenessTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final JobCompleteness completeness = new JobCompleteness(
			new ArtifactSettings(List.of(".mp4", ".json"), List.of("temp_")));

	@Test
	void isCompleteWhenEveryClipIsThere() {
		String two = "{\"other\": {\"shorts\": [1]}, \"shorts\": [{\"title\": \"a\"}, {}], \"more\": []}";
		assertThat(isComplete(two, Map.of("talk_clip_1.mp4", 1L, "talk_clip_2.mp4", 1L))).isTrue();
		assertThat(isComplete(two, Map.of("talk_clip_1.mp4", 1L))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"shorts\": {}}", "{\"shorts\": [{}", "{\"shorts\": [{}]",
			"{\"shorts\": []} x" })
	void isCompleteWhenTheMetadataIsHalfWrittenOrStrangeIsFalse(String metadata) {
		assertThat(isComplete(metadata, Map.of("talk_clip_1.mp4", 1L))).isFalse();
	}

	@Test
	void isCompleteWhenTheMetadataHasMillionsOfEntriesDoesNotKeepThem() {
		String many = "{\"shorts\": [" + "{},".repeat(2_000_000) + "{}]}";
		byte[] bytes = many.getBytes(StandardCharsets.UTF_8);
		long before = THREADS.getCurrentThreadAllocatedBytes();
		assertThat(this.completeness.isComplete(Map.of("talk_metadata.json", (long) bytes.length),
				(name) -> new ByteArrayInputStream(bytes)))
			.isFalse();
		assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(2 << 20);
	}

	private boolean isComplete(String metadata, Map<String, Long> clips) {
		Map<String, Long> sizes = new HashMap<>(clips);
		sizes.put("talk_metadata.json", (long) metadata.length());
		return this.completeness.isComplete(sizes,
				(name) -> new ByteArrayInputStream(metadata.getBytes(StandardCharsets.UTF_8)));
	}

}
