package io.clipvault.gallery;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as one rendering of a clip: {@code hook_subtitled_1700000000_talk_clip_1.mp4} is
 * the second step of a chain that began with {@code talk_clip_1.mp4}.
 */
record Rendering(String fileName, String clipFile, BigInteger newestStep, int steps) implements Comparable<Rendering> {

	private static final Pattern STEP = Pattern.compile("\\G(?:(?:subtitled|recut|hooked)_([0-9]{1,20})_|hook_)");

	private static final Comparator<Rendering> OLDEST_FIRST = Comparator.comparing(Rendering::newestStep)
		.thenComparingInt(Rendering::steps)
		.thenComparing(Rendering::fileName);

	static Rendering of(String fileName) {
		BigInteger newest = BigInteger.ZERO;
		int steps = 0;
		int start = 0;
		Matcher step = STEP.matcher(fileName);
		while (step.find()) {
			String time = step.group(1);
			newest = (time == null) ? newest : newest.max(new BigInteger(time));
			steps++;
			start = step.end();
		}
		return new Rendering(fileName, fileName.substring(start), newest, steps);
	}

	@Override
	public int compareTo(Rendering other) {
		return OLDEST_FIRST.compare(this, other);
	}

}
