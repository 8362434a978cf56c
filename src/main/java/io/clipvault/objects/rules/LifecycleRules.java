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

/** The lifecycle rules of a bucket. */
record LifecycleRules(@NotNull(message = "must be there") @Size(min = 1, max = 1000,
		message = "must contain 1 to 1,000 rules") List<@Valid @NotNull Rule> rules) {

	private static final String DAYS = "must be 0 or more";

	private static final String ONE = "must be 1 or more";

	/** A lifecycle rule: which objects it applies to, and what happens to them. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Rule(@Schema(example = "archive-clips") @Nullable String id,
			@Schema(description = "Whether the rule is enabled; true if absent") @Nullable Boolean enabled,
			@Valid @Nullable Filter filter, @Nullable List<@Valid @NotNull Transition> transitions,
			@Valid @Nullable Expiration expiration, @Valid @Nullable Older olderVersions,
			@Schema(description = "Aborts unfinished uploads after this number of days", example = "7") @Min(value = 1,
					message = ONE) @Nullable Integer abortMultipartAfterDays) {
	}

	/** Which objects a rule applies to; all objects if nothing is set. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Filter(@Schema(example = "drafts/") @Nullable String prefix,
			@Schema(description = "Only objects larger than this number of bytes", example = "131072") @Min(value = 0,
					message = DAYS) @Nullable Long sizeGreaterThan,
			@Schema(description = "Only objects smaller than this number of bytes") @Min(value = 0,
					message = DAYS) @Nullable Long sizeLessThan,
			@Schema(example = "{\"keep\": \"no\"}") @Nullable Map<String, String> tags) {
	}

	/** When objects move to another storage class. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Transition(@Schema(example = "90") @Min(value = 0, message = DAYS) @Nullable Integer days,
			@Schema(description = "Instead of days", example = "2027-01-01T00:00:00Z") @Nullable String date,
			@Schema(example = "GLACIER_IR") @NotNull(message = "must be there") String storageClass) {
	}

	/** When objects are deleted. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Expiration(@Schema(example = "365") @Min(value = 1, message = ONE) @Nullable Integer days,
			@Schema(description = "Instead of days") @Nullable String date,
			@Schema(description = "Deletes delete markers without older versions") @Nullable Boolean deleteMarkers) {
	}

	/** What happens to versions that are no longer the newest. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Older(
			@Schema(description = "Deleted after this number of days", example = "30") @Min(value = 1,
					message = ONE) @Nullable Integer expireAfterDays,
			@Schema(description = "The number of newest older versions to keep anyway") @Min(value = 1,
					message = ONE) @Nullable Integer keepNewest,
			@Nullable List<@Valid @NotNull Transition> transitions) {
	}

	/** The parameters of the preset. */
	record Preset(
			@Schema(description = "Archives clips after this number of days; 90 if absent",
					example = "90") @Min(value = 1, message = ONE) @Nullable Integer archiveAfterDays,
			@Schema(description = "The archive class; GLACIER_IR if absent, which links can still play. GLACIER and DEEP_ARCHIVE are cheaper, but objects must be restored before they play",
					example = "GLACIER_IR") @Nullable String storageClass,
			@Schema(description = "Aborts unfinished uploads after this number of days; 7 if absent",
					example = "7") @Min(value = 1, message = ONE) @Nullable Integer abortMultipartAfterDays,
			@Schema(description = "Only keys with this prefix; the service's own prefix if absent") @Nullable String prefix) {
	}

}
