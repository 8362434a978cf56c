package io.clipvault.objects.rules;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What the store does with objects as they grow old. */
record LifecycleRules(@NotNull(message = "must be there") @Size(min = 1, max = 1000,
		message = "must hold 1 to 1,000 rules") List<@Valid @NotNull Rule> rules) {

	private static final String DAYS = "must be 0 or more";

	private static final String ONE = "must be 1 or more";

	/** One rule: for which objects, and what happens to them. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Rule(@Schema(example = "archive-clips") @Nullable String id,
			@Schema(description = "Whether it is at work; it is if left out") @Nullable Boolean enabled,
			@Valid @Nullable Filter filter, @Nullable List<@Valid @NotNull Transition> transitions,
			@Valid @Nullable Expiration expiration, @Valid @Nullable Older olderVersions,
			@Schema(description = "When an unfinished upload is given up", example = "7") @Min(value = 1,
					message = ONE) @Nullable Integer abortMultipartAfterDays) {
	}

	/** Which objects; all of them where nothing is set. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Filter(@Schema(example = "drafts/") @Nullable String prefix,
			@Schema(description = "Larger than so many bytes", example = "131072") @Min(value = 0,
					message = DAYS) @Nullable Long sizeGreaterThan,
			@Schema(description = "Smaller than so many bytes") @Min(value = 0,
					message = DAYS) @Nullable Long sizeLessThan,
			@Schema(example = "{\"keep\": \"no\"}") @Nullable Map<String, String> tags) {
	}

	/** When objects change to another storage class. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Transition(@Schema(example = "90") @Min(value = 0, message = DAYS) @Nullable Integer days,
			@Schema(description = "Instead of days", example = "2027-01-01T00:00:00Z") @Nullable String date,
			@Schema(example = "GLACIER_IR") @NotNull(message = "must be there") String storageClass) {
	}

	/** When objects are removed. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Expiration(@Schema(example = "365") @Min(value = 1, message = ONE) @Nullable Integer days,
			@Schema(description = "Instead of days") @Nullable String date,
			@Schema(description = "Removes delete markers that hide nothing") @Nullable Boolean deleteMarkers) {
	}

	/** What happens to versions that are no longer the newest. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Older(
			@Schema(description = "Removed after so many days", example = "30") @Min(value = 1,
					message = ONE) @Nullable Integer expireAfterDays,
			@Schema(description = "So many are kept all the same") @Min(value = 1,
					message = ONE) @Nullable Integer keepNewest,
			@Nullable List<@Valid @NotNull Transition> transitions) {
	}

	/** What the preset is to do. */
	record Preset(
			@Schema(description = "When clips are archived; 90 if left out", example = "90") @Min(value = 1,
					message = ONE) @Nullable Integer archiveAfterDays,
			@Schema(description = "GLACIER_IR keeps links playing and is taken if left out; GLACIER and DEEP_ARCHIVE are cheaper, and must be restored before they play",
					example = "GLACIER_IR") @Nullable String storageClass,
			@Schema(description = "When unfinished uploads are given up; 7 if left out", example = "7") @Min(value = 1,
					message = ONE) @Nullable Integer abortMultipartAfterDays,
			@Schema(description = "Only keys that start so; the service's own prefix if left out") @Nullable String prefix) {
	}

}
