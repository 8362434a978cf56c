package io.clipvault.jobs;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far a job, or one of its files, has come. */
enum JobStatus {

	QUEUED, UPLOADING, COMPLETED, FAILED;

	@JsonValue
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean ended() {
		return this == COMPLETED || this == FAILED;
	}

}
