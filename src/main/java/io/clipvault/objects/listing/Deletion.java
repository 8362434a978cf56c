package io.clipvault.objects.listing;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The request and the results of a batch delete. */
final class Deletion {

	static final int MOST = 100_000;

	private Deletion() {
	}

	/** The objects to delete. */
	record Request(@Schema(description = "At most 100,000 in 16 MB; send more in further calls") @NotNull(
			message = "must be there") @Size(min = 1, max = MOST,
					message = "must name 1 to 100,000 objects") List<@Valid @NotNull Item> objects) {
	}

	/** One object, or one version of it. */
	record Item(@Schema(example = "notes/old.txt") @NotNull(message = "must be there") String key,
			@Schema(description = "Deletes only this version") @Nullable String versionId) {

		Item {
			versionId = (versionId == null || versionId.isEmpty()) ? null : versionId;
		}

	}

	/** The result for one object. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Result(String key, @Nullable String versionId, boolean deleted,
			@Schema(description = "The store's error code, if it refused",
					example = "AccessDenied") @Nullable String code,
			@Schema(description = "Why it was not deleted") @Nullable String detail) {

		static Result gone(Item item) {
			return new Result(Objects.requireNonNull(item.key()), item.versionId(), true, null, null);
		}

		static Result kept(Item item, @Nullable String code, @Nullable String detail) {
			return new Result(Objects.requireNonNull(item.key()), item.versionId(), false, code, detail);
		}

	}

	/** The results of all objects, in the order of the request. */
	record Report(@Schema(example = "2") int deleted, @Schema(example = "0") int failed, List<Result> results) {

		static Report of(List<Result> results) {
			int deleted = (int) results.stream().filter(Result::deleted).count();
			return new Report(deleted, results.size() - deleted, results);
		}

	}

}
