package io.clipvault.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TallyTests {

	private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

	private static final long GIB = 1L << 30;

	private static final ReportSettings PUBLISHED = settings(Map.of());

	private final Tally tally = new Tally(PUBLISHED, "jobs/", NOW);

	private static ReportSettings settings(Map<String, BigDecimal> prices) {
		return new ReportSettings(Duration.ofHours(1), "USD", prices, new BigDecimal("0.0025"), 90);
	}

	private void add(String key, String storageClass, long size, int daysOld) {
		this.tally.add(S3Object.builder()
			.key(key)
			.size(size)
			.storageClass(storageClass)
			.lastModified(NOW.minus(Duration.ofDays(daysOld)))
			.build());
	}

	@Test
	void figuresWhenClassesDifferUseThePublishedPrices() {
		add("jobs/a/1", "STANDARD", 100 * GIB, 1);
		add("jobs/a/2", "GLACIER_IR", 100 * GIB, 1);
		add("jobs/b/1", "STANDARD_IA", 100 * GIB, 1);
		StorageReport.Figures figures = this.tally.figures(50);
		assertThat(figures.objects()).isEqualTo(3);
		assertThat(figures.bytes()).isEqualTo(300 * GIB);
		assertThat(figures.monthlyCost()).isEqualByComparingTo("3.95");
		assertThat(figures.byStorageClass()).extracting(StorageReport.ClassShare::storageClass)
			.containsExactly("GLACIER_IR", "STANDARD", "STANDARD_IA");
		assertThat(figures.byPrefix()).extracting(StorageReport.PrefixShare::prefix)
			.containsExactly("jobs/a/", "jobs/b/");
		assertThat(figures.byPrefix().getFirst().monthlyCost()).isEqualByComparingTo("2.7");
	}

	@Test
	void figuresWhenPresetWouldArchiveTellTheSaving() {
		add("jobs/old/1", "STANDARD", 100 * GIB, 90);
		add("jobs/new/1", "STANDARD", 100 * GIB, 89);
		add("jobs/old/metadata", "STANDARD", 128 * 1024, 900);
		add("jobs/deep/1", "DEEP_ARCHIVE", 100 * GIB, 900);
		StorageReport.WithPreset preset = this.tally.figures(50).withPreset();
		assertThat(preset.archiveAfterDays()).isEqualTo(90);
		assertThat(preset.monthlySaving()).isEqualByComparingTo("1.9");
	}

	@Test
	void figuresWhenObjectsAreSmallBillTheMinimum() {
		for (int index = 0; index < 8192 * 100; index++) {
			add("a", "STANDARD_IA", 1, 1);
		}
		assertThat(this.tally.figures(1).monthlyCost()).isEqualByComparingTo("1.25");
	}

	@Test
	void figuresWhenClassHasNoPriceSaySo() {
		add("a", "HOUSE_CLASS", 5, 1);
		StorageReport.Figures figures = this.tally.figures(1);
		assertThat(figures.unpricedBytes()).isEqualTo(5);
		assertThat(figures.monthlyCost()).isEqualByComparingTo("0");
	}

	@Test
	void pricesWhenSetOverrideThePublishedOnes() {
		Prices prices = new Prices(settings(Map.of("STANDARD", BigDecimal.ONE)));
		assertThat(prices.monthly("STANDARD", GIB)).hasValue(1);
		assertThat(prices.monthly("GLACIER_IR", GIB)).hasValue(0.004);
		assertThat(prices.monthly("INTELLIGENT_TIERING", GIB)).hasValue(0.023 + 0.0000025);
		assertThatIllegalArgumentException().isThrownBy(() -> settings(Map.of("STANDARD", new BigDecimal("-1"))));
	}

}
