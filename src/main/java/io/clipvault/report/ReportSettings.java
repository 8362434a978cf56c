package io.clipvault.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The report of what a bucket costs.
 *
 * @param fresh how long a report counts as fresh
 * @param currency the currency of the prices
 * @param prices what a GiB costs a month, by storage class; the published price of
 * us-east-1 where one is missing
 * @param monitoring what Intelligent-Tiering's monitoring costs a month for a thousand
 * objects
 * @param archiveAfterDays the number of days after which the preset archives
 */
@ConfigurationProperties("clipvault.report")
record ReportSettings(@DefaultValue("1h") Duration fresh, @DefaultValue("USD") String currency,
		@DefaultValue Map<String, BigDecimal> prices, @DefaultValue("0.0025") BigDecimal monitoring,
		@DefaultValue("90") int archiveAfterDays) {

	/** Amazon S3, us-east-1, first 50 TB of a month. */
	private static final Map<String, BigDecimal> PUBLISHED = Map.of("STANDARD", new BigDecimal("0.023"), "STANDARD_IA",
			new BigDecimal("0.0125"), "ONEZONE_IA", new BigDecimal("0.01"), "INTELLIGENT_TIERING",
			new BigDecimal("0.023"), "GLACIER_IR", new BigDecimal("0.004"), "GLACIER", new BigDecimal("0.0036"),
			"DEEP_ARCHIVE", new BigDecimal("0.00099"), "REDUCED_REDUNDANCY", new BigDecimal("0.024"), "EXPRESS_ONEZONE",
			new BigDecimal("0.11"));

	ReportSettings {
		Map<String, BigDecimal> all = new HashMap<>(PUBLISHED);
		all.putAll(prices);
		prices = Map.copyOf(all);
		if (prices.values().stream().anyMatch((price) -> price.signum() < 0) || monitoring.signum() < 0) {
			throw new IllegalArgumentException("clipvault.report: a price must be 0 or more");
		}
		if (fresh.isNegative() || archiveAfterDays < 1) {
			throw new IllegalArgumentException(
					"clipvault.report: fresh must be 0 or more, archive-after-days at least 1");
		}
	}

}
