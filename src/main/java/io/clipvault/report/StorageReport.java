package io.clipvault.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a bucket holds and what that costs a month. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StorageReport(@Schema(example = "openshorts.app-clips") String bucket, State state,
		@Schema(description = "The progress of the running listing") @Nullable Progress progress,
		@Schema(description = "When the listing that counted these figures ended") @Nullable Instant computedAt,
		@Nullable Figures figures) {

	/** Whether there are figures. */
	enum State {

		/** The first listing is running. */
		@JsonProperty("computing")
		COMPUTING,

		/** There are older figures, and a new listing is running. */
		@JsonProperty("refreshing")
		REFRESHING,

		/** The figures are fresh. */
		@JsonProperty("ready")
		READY

	}

	/** The progress of a listing. */
	record Progress(@Schema(example = "120000") long objects, @Schema(example = "880000000000") long bytes,
			Instant startedAt) {
	}

	/** The figures of one listing. */
	record Figures(@Schema(example = "120") long objects, @Schema(example = "880000000") long bytes,
			@Schema(description = "The cost per month", example = "0.0188") BigDecimal monthlyCost,
			@Schema(example = "USD") String currency, List<ClassShare> byStorageClass,
			@Schema(description = "Sorted by size, the largest first") List<PrefixShare> byPrefix,
			@Schema(description = "Bytes in storage classes without a price, which the costs do not include",
					example = "0") long unpricedBytes,
			WithPreset withPreset, List<String> assumptions) {
	}

	/** The share of one storage class. */
	record ClassShare(@Schema(example = "STANDARD") String storageClass, long objects, long bytes,
			BigDecimal monthlyCost) {
	}

	/** The share of one prefix, which is the first folder of the keys. */
	record PrefixShare(@Schema(example = "sample/") String prefix, long objects, long bytes, BigDecimal monthlyCost) {
	}

	/** What the bucket would cost with the lifecycle preset. */
	record WithPreset(@Schema(example = "90") int archiveAfterDays, BigDecimal monthlyCost,
			@Schema(description = "Negative if the preset would cost more") BigDecimal monthlySaving) {
	}

}
