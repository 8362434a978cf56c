package io.clipvault.uploads;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** A part of an upload that the store has, in the words that Uppy uses. */
record Part(@Schema(example = "1") @JsonProperty("PartNumber") int number,
		@Schema(example = "\"5d41402abc4b2a76b9719d911017c592\"") @JsonProperty("ETag") String eTag,
		@Schema(example = "5242880") @JsonProperty("Size") long size) {

	/** An ETag with or without the quotes that some clients strip. */
	static String bare(String eTag) {
		return eTag.replaceAll("^\"+|\"+$", "");
	}

}
