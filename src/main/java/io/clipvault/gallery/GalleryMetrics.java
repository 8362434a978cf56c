package io.clipvault.gallery;

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

/** Tells how old and how large the catalog is, and how long refreshes take. */
@Component
class GalleryMetrics {

	private final MeterRegistry meters;

	private final Clock clock;

	GalleryMetrics(MeterRegistry meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
	}

	void watch(Supplier<@Nullable Catalog> current) {
		TimeGauge
			.builder("clipvault.gallery.age", current, TimeUnit.MILLISECONDS,
					(supplier) -> value(supplier,
							(catalog) -> (double) Duration.between(catalog.readAt(), this.clock.instant()).toMillis()))
			.description("How long ago the bucket was listed for the gallery")
			.register(this.meters);
		gauge("clipvault.gallery.clips", "Clips in the gallery", current, (catalog) -> catalog.entries().size());
		gauge("clipvault.gallery.jobs", "Jobs with metadata in the bucket", current,
				(catalog) -> catalog.jobs().size());
		gauge("clipvault.gallery.metadata.strange", "Metadata files that are left out", current, Catalog::strange);
	}

	private void gauge(String name, String description, Supplier<@Nullable Catalog> current,
			ToDoubleFunction<Catalog> value) {
		Gauge.builder(name, () -> value(current, value)).description(description).register(this.meters);
	}

	private static double value(Supplier<@Nullable Catalog> current, ToDoubleFunction<Catalog> value) {
		Catalog catalog = current.get();
		return (catalog != null) ? value.applyAsDouble(catalog) : Double.NaN;
	}

	/** Counts what one refresh asked of the store. */
	void requests(long count) {
		DistributionSummary.builder("clipvault.gallery.refresh.requests")
			.description("Requests to the store that one refresh made")
			.register(this.meters)
			.record((double) count);
	}

	/** Times one refresh. */
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
				.description("Reading the bucket for the gallery")
				.tag("outcome", outcome)
				.register(this.meters));
		}
	}

}
