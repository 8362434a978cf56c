package io.clipvault.gallery.catalog;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Measures the catalog's age and size, and the duration and requests of refreshes. */
@Component
class CatalogMetrics {

	private final MeterRegistry meters;

	private final Clock clock;

	CatalogMetrics(MeterRegistry meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
	}

	/** Registers the gauges, which read the catalog whenever they are asked. */
	void watch(Supplier<@Nullable Catalog> current) {
		TimeGauge
			.builder("clipvault.gallery.age", current, TimeUnit.MILLISECONDS,
					(supplier) -> value(supplier,
							(catalog) -> (double) Duration.between(catalog.readAt(), this.clock.instant()).toMillis()))
			.description("Time since the bucket was listed for the gallery")
			.register(this.meters);
		gauge("clipvault.gallery.clips", "Clips in the gallery", current, (catalog) -> catalog.entries().size());
		gauge("clipvault.gallery.jobs", "Jobs with metadata in the bucket", current,
				(catalog) -> catalog.jobs().size());
		gauge("clipvault.gallery.metadata.strange", "Metadata files that are left out", current,
				Catalog::countUnusable);
	}

	private void gauge(String name, String description, Supplier<@Nullable Catalog> current,
			ToDoubleFunction<Catalog> value) {
		Gauge.builder(name, () -> value(current, value)).description(description).register(this.meters);
	}

	private static double value(Supplier<@Nullable Catalog> current, ToDoubleFunction<Catalog> value) {
		Catalog catalog = current.get();
		return (catalog != null) ? value.applyAsDouble(catalog) : Double.NaN;
	}

	void recordRequests(long count) {
		DistributionSummary.builder("clipvault.gallery.refresh.requests")
			.description("Requests to the store that one refresh made")
			.register(this.meters)
			.record((double) count);
	}

	/** Runs a refresh and measures its duration. */
	Catalog timed(Supplier<Catalog> refresh) {
		Timer.Sample sample = Timer.start(this.meters);
		String outcome = "failed";
		try {
			Catalog catalog = refresh.get();
			outcome = "completed";
			return catalog;
		}
		finally {
			sample.stop(Timer.builder("clipvault.gallery.refresh")
				.description("Duration of reading the bucket for the gallery")
				.tag("outcome", outcome)
				.register(this.meters));
		}
	}

}
