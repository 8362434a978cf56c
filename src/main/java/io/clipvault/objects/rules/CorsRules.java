package io.clipvault.objects.rules;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** The CORS rules of a bucket. */
record CorsRules(@NotNull(message = "must be there") @Size(min = 1, max = 100,
		message = "must contain 1 to 100 rules") List<@Valid @NotNull Rule> rules) {

	/** A CORS rule; the first one that matches applies. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Rule(@Schema(example = "frontend") @Nullable String id,
			@Schema(example = "[\"https://clips.example.org\"]") @NotEmpty(
					message = "must contain at least one") List<String> allowedOrigins,
			@Schema(example = "[\"GET\", \"PUT\"]") @NotEmpty(
					message = "must contain at least one") List<String> allowedMethods,
			@Schema(example = "[\"*\"]") @Nullable List<String> allowedHeaders,
			@Schema(example = "[\"ETag\"]") @Nullable List<String> exposeHeaders,
			@Schema(example = "3000") @Nullable Integer maxAgeSeconds) {

		CORSRule toStore() {
			return CORSRule.builder()
				.id(this.id)
				.allowedOrigins(this.allowedOrigins)
				.allowedMethods(this.allowedMethods)
				.allowedHeaders(this.allowedHeaders)
				.exposeHeaders(this.exposeHeaders)
				.maxAgeSeconds(this.maxAgeSeconds)
				.build();
		}

		static Rule ofStore(CORSRule rule) {
			return new Rule(rule.id(), rule.allowedOrigins(), rule.allowedMethods(), rule.allowedHeaders(),
					rule.exposeHeaders(), rule.maxAgeSeconds());
		}

	}

}
