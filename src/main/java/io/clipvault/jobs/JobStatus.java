package io.clipvault.jobs;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far a job, or one of its files, has come. */
enum JobStatus {

	QUEUED, UPLOADING, COMPLETED, FAILED, CANCELLED;

	static JobStatus of(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT));
	}

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean ended() {
		return switch (this) {
			case QUEUED, UPLOADING -> false;
			case COMPLETED, FAILED, CANCELLED -> true;
		};
	}

}
