package io.clipvault.report;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

import io.clipvault.objects.LifecyclePreset;

/**
 * Calculates what an object costs a month, including minimum sizes and monitoring fees of
 * the storage classes.
 */
final class Prices {

	private static final double GIB = 1024.0 * 1024 * 1024;

	/** The smallest size that some classes bill. */
	private static final long SMALLEST_BILLED = 128 * 1024;

	private static final Set<String> WITH_MINIMUM = Set.of("STANDARD_IA", "ONEZONE_IA", "GLACIER_IR");

	/**
	 * The overhead per object of the archive classes, billed in the archive and in
	 * STANDARD.
	 */
	private static final long ARCHIVE_INDEX = 32 * 1024;

	private static final long ARCHIVE_NAME = 8 * 1024;

	private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

	private static final String TIERING = "INTELLIGENT_TIERING";

	private static final String ARCHIVE = "GLACIER_IR";

	/** The classes from which the preset moves objects. */
	private static final Set<String> MOVED = Set.of("STANDARD", "STANDARD_IA", TIERING);

	private final Map<String, Double> perGib;

	private final double watch;

	private final Duration archiveAfter;

	Prices(ReportSettings settings) {
		this.perGib = settings.prices()
			.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (price) -> price.getValue().doubleValue()));
		this.watch = settings.monitoring().doubleValue() / 1000;
		this.archiveAfter = Duration.ofDays(settings.archiveAfterDays());
	}

	/** The monthly cost; empty for a class without a price. */
	OptionalDouble monthly(String storageClass, long size) {
		Double price = this.perGib.get(storageClass);
		if (price == null) {
			return OptionalDouble.empty();
		}
		if (WITH_MINIMUM.contains(storageClass)) {
			return OptionalDouble.of(price * Math.max(size, SMALLEST_BILLED) / GIB);
		}
		if (ARCHIVES.contains(storageClass)) {
			return OptionalDouble
				.of((price * (size + ARCHIVE_INDEX) + this.perGib.getOrDefault("STANDARD", 0.0) * ARCHIVE_NAME) / GIB);
		}
		double kept = price * size / GIB;
		boolean watched = storageClass.equals(TIERING) && size > LifecyclePreset.SIZE_ABOVE;
		return OptionalDouble.of(watched ? kept + this.watch : kept);
	}

	/** The monthly cost if the preset had applied since the object was written. */
	OptionalDouble monthlyWithPreset(String storageClass, long size, Duration age) {
		if (size <= LifecyclePreset.SIZE_ABOVE || !MOVED.contains(storageClass)) {
			return monthly(storageClass, size);
		}
		return monthly((age.compareTo(this.archiveAfter) >= 0) ? ARCHIVE : TIERING, size);
	}

}
