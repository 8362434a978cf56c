package io.clipvault.layouts;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rendering of a clip. Each step of a chain puts its name in front:
 * {@code hook_subtitled_1700000000_talk_clip_1.mp4} is the second step after
 * {@code talk_clip_1.mp4}.
 */
record Rendering(String fileName, BigInteger newestStep, int steps) implements Comparable<Rendering> {

	private static final String STEP = "(?:(?:subtitled|recut|hooked)_([0-9]{1,20})_|hook_)";

	private static final Pattern NEXT_STEP = Pattern.compile("\\G" + STEP);

	private static final Pattern CHAIN = Pattern.compile(STEP + "*+");

	private static final Comparator<Rendering> OLDEST_FIRST = Comparator.comparing(Rendering::newestStep)
		.thenComparingInt(Rendering::steps)
		.thenComparing(Rendering::fileName);

	/**
	 * Cuts everything that looks like a step from a file name. All renderings of a clip
	 * have the same stem; so may another clip whose title begins like a step.
	 */
	static String stem(String fileName) {
		Matcher chain = CHAIN.matcher(fileName);
		return chain.lookingAt() ? fileName.substring(chain.end()) : fileName;
	}

	/** Reads the file as a rendering of this clip; empty if it is none. */
	static Optional<Rendering> of(String fileName, String clip) {
		if (!fileName.endsWith(clip)) {
			return Optional.empty();
		}
		String chain = fileName.substring(0, fileName.length() - clip.length());
		if (!CHAIN.matcher(chain).matches()) {
			return Optional.empty();
		}
		BigInteger newest = BigInteger.ZERO;
		int steps = 0;
		Matcher step = NEXT_STEP.matcher(chain);
		while (step.find()) {
			String time = step.group(1);
			newest = (time == null) ? newest : newest.max(new BigInteger(time));
			steps++;
		}
		return Optional.of(new Rendering(fileName, newest, steps));
	}

	@Override
	public int compareTo(Rendering other) {
		return OLDEST_FIRST.compare(this, other);
	}

}
