package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.jobs.folders.EntryName;
import io.clipvault.jobs.folders.FileBody;
import io.clipvault.jobs.folders.FileState;
import io.clipvault.jobs.folders.Hashing;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.PlacementSettings;
import io.clipvault.storage.Store;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Stores the mp3 of a directory under a name that the caller chooses. */
@Component
class Audio {

	private static final String ENDING = ".mp3";

	/** The largest object that S3 takes in one request. */
	private static final long LARGEST = 5L << 30;

	private final JobDirectory directories;

	private final S3Client s3;

	private final Store store;

	private final PlacementSettings placement;

	private final Hashing hashing;

	Audio(JobDirectory directories, S3Client s3, Store store, PlacementSettings placement, Hashing hashing) {
		this.placement = placement;
		this.hashing = hashing;
		this.directories = directories;
		this.s3 = s3;
		this.store = store;
	}

	AudioObject store(String directory, String name) {
		EntryName entry = EntryName.of(stem(name) + ENDING);
		if (!entry.folder().isEmpty()) {
			throw new Problem(ProblemType.UNUSABLE_FILE_NAME,
					"'%s' contains a slash: give a plain name, such as my_cool_video.".formatted(name));
		}
		RootedFile file = only(directory, this.directories.files(directory, ENDING));
		String key = this.store.prefix() + entry.file();
		try {
			long size = file.state().size();
			if (size > LARGEST) {
				throw new Problem(ProblemType.UPLOAD_TOO_LARGE,
						"'%s' is larger than 5 GiB: cut or compress it.".formatted(file.name()));
			}
			put(key, file, size);
			return new AudioObject(key, size, file.name());
		}
		catch (IOException | FileState.Unusable failure) {
			throw new Problem(ProblemType.AUDIO_MISSING,
					"'%s' could not be read: check that it is still there and that this user may read it."
						.formatted(file.name()),
					failure);
		}
	}

	private void put(String key, RootedFile file, long size) throws IOException {
		PutObjectRequest request = PutObjectRequest.builder()
			.bucket(this.store.bucket())
			.key(key)
			.contentType("audio/mpeg")
			.contentLength(size)
			// The store refuses other bytes, so a changing file or a transfer error
			// fails.
			.contentMD5(md5(file))
			.metadata(ArtifactHeaders.ofService())
			.storageClass(this.placement.storageClass())
			.serverSideEncryption(this.placement.encryption())
			.ssekmsKeyId(this.placement.kmsKey())
			.build();
		try (FileBody body = new FileBody(file, 0, size, new AtomicLong())) {
			this.store
				.call(() -> this.s3.putObject(request, RequestBody.fromContentProvider(body, size, "audio/mpeg")));
		}
	}

	private String md5(RootedFile file) throws IOException {
		return Base64.getEncoder().encodeToString(this.hashing.md5(file));
	}

	private static RootedFile only(String directory, List<RootedFile> found) {
		return switch (found.size()) {
			case 0 -> throw new Problem(ProblemType.AUDIO_MISSING,
					"'%s' has no .mp3 file: make one, or name the directory that holds it.".formatted(directory));
			case 1 -> found.getFirst();
			default -> throw new Problem(ProblemType.AUDIO_AMBIGUOUS,
					"'%s' has %d .mp3 files (%s): leave one of them there.".formatted(directory, found.size(),
							String.join(", ", found.stream().limit(10).map(RootedFile::name).toList())
									+ ((found.size() > 10) ? ", …" : "")));
		};
	}

	private static String stem(String name) {
		return name.toLowerCase(Locale.ROOT).endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length())
				: name;
	}

}
