package io.clipvault.uploads;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** A part that the store has, with the field names that Uppy uses. */
record Part(@Schema(example = "1") @JsonProperty("PartNumber") int number,
		@Schema(example = "\"5d41402abc4b2a76b9719d911017c592\"") @JsonProperty("ETag") String eTag,
		@Schema(example = "5242880") @JsonProperty("Size") long size) {

	/** The ETag without its quotes, which some clients strip. */
	static String withoutQuotes(String eTag) {
		return eTag.replaceAll("^\"++|(?<!\")\"++$", "");
	}

}
