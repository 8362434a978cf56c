package io.clipvault.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

import software.amazon.awssdk.services.s3.model.S3Object;

/** Sums up the objects of one listing. */
final class Tally {

	/** Further prefixes are summed up together, which bounds the memory. */
	private static final int MOST_PREFIXES = 50_000;

	static final String OTHERS = "(others)";

	private static final int DECIMALS = 4;

	private final Prices prices;

	private final ReportSettings settings;

	private final String ownPrefix;

	private final Instant now;

	private final Map<String, Sum> classes = new TreeMap<>();

	private final Map<String, Sum> prefixes = new HashMap<>();

	private final Sum all = new Sum();

	private double withPreset;

	private long unpriced;

	Tally(ReportSettings settings, String ownPrefix, Instant now) {
		this.settings = settings;
		this.prices = new Prices(settings);
		this.ownPrefix = ownPrefix;
		this.now = now;
	}

	void add(S3Object object) {
		String storageClass = Objects.requireNonNullElse(object.storageClassAsString(), "STANDARD");
		OptionalDouble cost = this.prices.monthly(storageClass, object.size());
		if (cost.isEmpty()) {
			this.unpriced += object.size();
		}
		this.withPreset += this.prices
			.monthlyWithPreset(storageClass, object.size(), Duration.between(object.lastModified(), this.now))
			.orElse(0);
		this.all.add(object.size(), cost.orElse(0));
		this.classes.computeIfAbsent(storageClass, (name) -> new Sum()).add(object.size(), cost.orElse(0));
		prefix(object.key()).add(object.size(), cost.orElse(0));
	}

	/** The memory of this tally, counted in prefixes. */
	int weight() {
		return 1 + this.prefixes.size();
	}

	private Sum prefix(String key) {
		int start = key.startsWith(this.ownPrefix) ? this.ownPrefix.length() : 0;
		String prefix = key.substring(0, key.indexOf('/', start) + 1);
		boolean room = this.prefixes.size() < MOST_PREFIXES || this.prefixes.containsKey(prefix);
		return this.prefixes.computeIfAbsent(room ? prefix : OTHERS, (name) -> new Sum());
	}

	StorageReport.Figures figures(int shownPrefixes) {
		List<StorageReport.ClassShare> byClass = new ArrayList<>();
		this.classes.forEach((name, sum) -> byClass
			.add(new StorageReport.ClassShare(name, sum.objects, sum.bytes, money(sum.cost))));
		return new StorageReport.Figures(this.all.objects, this.all.bytes, money(this.all.cost),
				this.settings.currency(), byClass, byPrefix(shownPrefixes), this.unpriced,
				new StorageReport.WithPreset(this.settings.archiveAfterDays(), money(this.withPreset),
						money(this.all.cost - this.withPreset)),
				List.of("Older versions, unfinished uploads, requests and transfer are not counted.",
						"Prices come from the settings, without volume discounts.",
						"Objects in Intelligent-Tiering are assumed to be read often, so its own savings come on top.",
						"The preset is assumed to apply since each object was written; the cost of the transitions is not included."));
	}

	private List<StorageReport.PrefixShare> byPrefix(int shown) {
		List<StorageReport.PrefixShare> shares = new ArrayList<>();
		List<Map.Entry<String, Sum>> sorted = this.prefixes.entrySet()
			.stream()
			.sorted(Comparator.comparingLong((Map.Entry<String, Sum> entry) -> -entry.getValue().bytes)
				.thenComparing(Map.Entry::getKey))
			.toList();
		Sum rest = new Sum();
		for (Map.Entry<String, Sum> entry : sorted) {
			if (shares.size() < shown && !entry.getKey().equals(OTHERS)) {
				shares.add(share(entry.getKey(), entry.getValue()));
			}
			else {
				rest.add(entry.getValue());
			}
		}
		if (rest.objects > 0) {
			shares.add(share(OTHERS, rest));
		}
		return shares;
	}

	private static StorageReport.PrefixShare share(String prefix, Sum sum) {
		return new StorageReport.PrefixShare(prefix, sum.objects, sum.bytes, money(sum.cost));
	}

	private static BigDecimal money(double amount) {
		return BigDecimal.valueOf(amount).setScale(DECIMALS, RoundingMode.HALF_UP);
	}

	private static final class Sum {

		private long objects;

		private long bytes;

		private double cost;

		private void add(long size, double cost) {
			this.objects++;
			this.bytes += size;
			this.cost += cost;
		}

		private void add(Sum other) {
			this.objects += other.objects;
			this.bytes += other.bytes;
			this.cost += other.cost;
		}

	}

}
