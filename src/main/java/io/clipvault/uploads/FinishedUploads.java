package io.clipvault.uploads;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.clipvault.jobs.JobPublished;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Makes a job of finished uploads: the store copies them to the job, metadata last. */
@Component
class FinishedUploads {

	private final SentFiles files;

	private final Store store;

	private final UploadKeys keys;

	private final DirectUploadSettings settings;

	private final ApplicationEventPublisher events;

	FinishedUploads(SentFiles files, Store store, UploadKeys keys, DirectUploadSettings settings,
			ApplicationEventPublisher events) {
		this.files = files;
		this.store = store;
		this.keys = keys;
		this.settings = settings;
		this.events = events;
	}

	/**
	 * Moves one upload, or all uploads of a folder, to a job. Repeating the call after a
	 * failure skips what was copied before.
	 */
	UploadedJob complete(String keyOrFolder, UploadCompletion request) {
		List<UploadKey> uploads = this.keys.parse(keyOrFolder)
			.map(List::of)
			.orElseGet(() -> inFolder(this.keys.folder(keyOrFolder)));
		JobId job = new JobId((request.jobId() != null) ? request.jobId() : jobNamed(uploads.getFirst()));
		List<Move> moves = uploads.stream()
			.map((upload) -> move(upload, job))
			.sorted(Comparator.comparing(Move::name, ArtifactName.METADATA_LAST))
			.toList();
		requireDifferentNames(moves);
		List<Move> toCopy = moves.stream().filter((move) -> isToCopy(move, request.replaces(), job)).toList();
		toCopy.forEach((move) -> this.files.copy(move.upload(), move.head(), job, move.target()));
		moves.forEach((move) -> this.files.remove(move.upload()));
		this.events.publishEvent(new JobPublished(job));
		return new UploadedJob(job, moves.stream().map(Move::file).toList(),
				moves.stream().map(Move::name).anyMatch(ArtifactName::isMetadata));
	}

	private List<UploadKey> inFolder(String folder) {
		List<UploadKey> uploads = this.files.inFolder(folder);
		if (uploads.isEmpty()) {
			throw missing(folder);
		}
		return uploads;
	}

	private String jobNamed(UploadKey upload) {
		if (upload.folder().equals(this.keys.folder(null))) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'job_id' is missing, and the upload is in no folder that could name the job: send 'job_id'.");
		}
		return upload.folder().substring(upload.folder().lastIndexOf('/') + 1);
	}

	private Move move(UploadKey upload, JobId job) {
		HeadObjectResponse head = this.store.head(upload.value()).orElseThrow(() -> missing(upload.value()));
		long largest = this.settings.largest().toBytes();
		if (head.contentLength() > largest) {
			throw new Problem(ProblemType.UPLOAD_TOO_LARGE, "'%s' has %,d bytes, and an upload may have %,d: delete it."
				.formatted(upload.value(), head.contentLength(), largest));
		}
		return new Move(upload, head, new ArtifactKey(job, upload.fileName()).under(this.store.prefix()));
	}

	private Problem missing(String keyOrFolder) {
		return new Problem(ProblemType.OBJECT_NOT_FOUND,
				"There is no finished upload at '%s': send the file first, and check the key.".formatted(keyOrFolder));
	}

	private static void requireDifferentNames(List<Move> moves) {
		Map<String, String> named = new HashMap<>();
		for (Move move : moves) {
			String other = named.put(move.upload().fileName(), move.upload().value());
			if (other != null) {
				throw new Problem(ProblemType.ARTIFACT_EXISTS,
						"'%s' and '%s' would both become '%s': delete one of them, then complete again."
							.formatted(other, move.upload().value(), move.upload().fileName()));
			}
		}
	}

	private boolean isToCopy(Move move, boolean replace, JobId job) {
		Optional<HeadObjectResponse> present = this.store.head(move.target());
		boolean copied = present.map((head) -> isCopy(move, head)).orElse(false);
		if (present.isPresent() && !copied && !replace) {
			throw new Problem(ProblemType.ARTIFACT_EXISTS,
					"The job '%s' has a '%s' already: choose another job_id, or send \"replace\": true.".formatted(job,
							move.upload().fileName()));
		}
		return !copied;
	}

	/** Compares the ETag too: the same form may have brought another file since. */
	private static boolean isCopy(Move move, HeadObjectResponse present) {
		return move.upload().value().equals(present.metadata().get(ArtifactHeaders.UPLOAD_KEY))
				&& move.eTag().equals(present.metadata().get(ArtifactHeaders.UPLOAD_ETAG));
	}

	/** An upload and the key that it gets in its job. */
	private record Move(UploadKey upload, HeadObjectResponse head, String target) {

		ArtifactName name() {
			return new ArtifactName(this.upload.fileName());
		}

		String eTag() {
			return Part.withoutQuotes(this.head.eTag());
		}

		UploadedJob.File file() {
			return new UploadedJob.File(this.upload.fileName(), this.target, this.head.contentLength(),
					String.valueOf(this.head.contentType()));
		}

	}

}
