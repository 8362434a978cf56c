package io.clipvault.jobs;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** The status of a job, or of one of its files. */
public enum JobStatus {

	QUEUED, UPLOADING, COMPLETED, FAILED, CANCELLED;

	public static JobStatus of(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT));
	}

	@JsonValue
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	public boolean ended() {
		return switch (this) {
			case QUEUED, UPLOADING -> false;
			case COMPLETED, FAILED, CANCELLED -> true;
		};
	}

}
