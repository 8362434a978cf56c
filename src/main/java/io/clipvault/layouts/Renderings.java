package io.clipvault.layouts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The video files of a job, grouped so that a clip's renderings are found quickly. */
public final class Renderings {

	private final Map<String, List<String>> byStem = new HashMap<>();

	public Renderings(Collection<String> fileNames) {
		fileNames.forEach(
				(name) -> this.byStem.computeIfAbsent(Rendering.stem(name), (stem) -> new ArrayList<>(1)).add(name));
	}

	/** Finds the file name of a clip's newest rendering; empty if no file renders it. */
	public Optional<String> newest(String clip) {
		return this.byStem.getOrDefault(Rendering.stem(clip), List.of())
			.stream()
			.flatMap((fileName) -> Rendering.of(fileName, clip).stream())
			.max(Comparator.naturalOrder())
			.map(Rendering::fileName);
	}

}
