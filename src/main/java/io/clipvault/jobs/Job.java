package io.clipvault.jobs;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import io.clipvault.storage.JobId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One finished run of the generator and how far its upload has come. */
record Job(@Schema(type = "string", example = "sample") JobId id, @Schema(example = "sample") String directory,
		JobStatus status, List<JobFile> files,
		@Schema(description = "Why it failed, in words", example = "null") @Nullable String error, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant endedAt) {

	static Job queued(JobId id, String directory, List<Artifact> artifacts, Instant now) {
		return new Job(id, directory, JobStatus.QUEUED, artifacts.stream().map(JobFile::queued).toList(), null, now,
				null, null);
	}

	Job started(Instant now) {
		return new Job(this.id, this.directory, JobStatus.UPLOADING, this.files, null, this.createdAt, now, null);
	}

	Job ended(JobStatus how, @Nullable String why, Instant now) {
		return new Job(this.id, this.directory, how, this.files, why, this.createdAt, this.startedAt, now);
	}

	Job withFile(String name, UnaryOperator<JobFile> change) {
		List<JobFile> changed = this.files.stream()
			.map((file) -> file.name().equals(name) ? change.apply(file) : file)
			.toList();
		return new Job(this.id, this.directory, this.status, changed, this.error, this.createdAt, this.startedAt,
				this.endedAt);
	}

	@Schema(example = "2")
	public long getFilesDone() {
		return this.files.stream().filter((file) -> file.status() == JobStatus.COMPLETED).count();
	}

	@Schema(example = "3")
	public int getFilesTotal() {
		return this.files.size();
	}

	@Schema(example = "41943040")
	public long getBytesDone() {
		return this.files.stream().mapToLong(JobFile::getBytesDone).sum();
	}

	@Schema(example = "41943964")
	public long getBytesTotal() {
		return this.files.stream().mapToLong(JobFile::size).sum();
	}

}
