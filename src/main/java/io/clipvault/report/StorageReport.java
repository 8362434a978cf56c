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
		@Schema(description = "How far the listing is that goes on") @Nullable Progress progress,
		@Schema(description = "When the listing of these figures ended") @Nullable Instant computedAt,
		@Nullable Figures figures) {

	/** Whether there are figures. */
	enum State {

		/** The listing goes on, and there are no older figures. */
		@JsonProperty("computing")
		COMPUTING,

		/** There are older figures while a new listing goes on. */
		@JsonProperty("refreshing")
		REFRESHING,

		/** The figures are there. */
		@JsonProperty("ready")
		READY

	}

	/** How far a listing is. */
	record Progress(@Schema(example = "120000") long objects, @Schema(example = "880000000000") long bytes,
			Instant startedAt) {
	}

	/** The figures of one listing. */
	record Figures(@Schema(example = "120") long objects, @Schema(example = "880000000") long bytes,
			@Schema(description = "A month", example = "0.0188") BigDecimal monthlyCost,
			@Schema(example = "USD") String currency, List<ClassShare> byStorageClass,
			@Schema(description = "The largest first") List<PrefixShare> byPrefix,
			@Schema(description = "Bytes in classes without a price, which the costs leave out",
					example = "0") long unpricedBytes,
			WithPreset withPreset, List<String> assumptions) {
	}

	/** What lies in one storage class. */
	record ClassShare(@Schema(example = "STANDARD") String storageClass, long objects, long bytes,
			BigDecimal monthlyCost) {
	}

	/** What lies under one prefix: the first folder of the keys. */
	record PrefixShare(@Schema(example = "sample/") String prefix, long objects, long bytes, BigDecimal monthlyCost) {
	}

	/** What the lifecycle preset would make of it. */
	record WithPreset(@Schema(example = "90") int archiveAfterDays, BigDecimal monthlyCost,
			@Schema(description = "Below 0 where the preset would cost more") BigDecimal monthlySaving) {
	}

}
