package io.clipvault.uploads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.clipvault.abilities.Ability;
import io.clipvault.abilities.PartLimit;
import io.clipvault.abilities.StoreAbilities;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

import org.springframework.stereotype.Component;

/** Multipart uploads of browsers; an id is accepted only together with its key. */
@Component
class OpenUploads {

	static final int MAX_PARTS = 10_000;

	/** Far more uploads than browsers have open at once. */
	private static final int CACHE_SIZE = 10_000;

	private final S3Client s3;

	private final Store store;

	private final DirectUploadSettings settings;

	/** Pairs that the store has confirmed, so that not every part asks the store. */
	private final Cache<Upload, Boolean> confirmed;

	private final StoreAbilities abilities;

	private final PartLimit limit;

	OpenUploads(S3Client s3, Store store, DirectUploadSettings settings, StoreAbilities abilities, PartLimit limit) {
		this.s3 = s3;
		this.store = store;
		this.abilities = abilities;
		this.limit = limit;
		this.settings = settings;
		this.confirmed = Caffeine.newBuilder().maximumSize(CACHE_SIZE).expireAfterWrite(settings.lifetime()).build();
	}

	Upload begin(UploadKey key, @Nullable String contentType) {
		String id = this.store.call(() -> this.s3.createMultipartUpload((create) -> create.bucket(this.store.bucket())
			.key(key.value())
			.contentType(key.contentType(contentType)))).uploadId();
		Upload upload = new Upload(key, id);
		this.confirmed.put(upload, true);
		return upload;
	}

	/** Refuses an id that the store does not have for exactly this key. */
	Upload require(UploadKey key, String id) {
		Upload upload = new Upload(key, id);
		if (this.confirmed.getIfPresent(upload) == null) {
			if (!this.abilities.call(Ability.MULTIPART_LISTING, () -> isListed(upload), () -> hasParts(upload))) {
				throw gone(upload, null);
			}
			this.confirmed.put(upload, true);
		}
		return upload;
	}

	private boolean isListed(Upload upload) {
		String key = upload.key().value();
		return this.store
			.call(() -> this.s3.listMultipartUploadsPaginator((list) -> list.bucket(this.store.bucket()).prefix(key))
				.uploads()
				.stream()
				.anyMatch((known) -> known.key().equals(key) && known.uploadId().equals(upload.id())));
	}

	/** Whether the store has a list of its parts, be it empty, under this very key. */
	private boolean hasParts(Upload upload) {
		try {
			List<Part> _ = parts(upload);
			return true;
		}
		catch (Problem failure) {
			if (failure.type() == ProblemType.UPLOAD_NOT_FOUND) {
				return false;
			}
			throw failure;
		}
	}

	/** Refuses a part that the store would refuse when the browser sends it. */
	void requireTaken(int part) {
		int most = this.limit.forParts(part);
		if (part > most) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The store takes %,d parts for one file, and this is part %,d: send larger parts; in Uppy set getChunkSize."
						.formatted(most, part));
		}
	}

	List<Part> parts(Upload upload) {
		return call(upload,
				() -> this.s3
					.listPartsPaginator(
							(list) -> list.bucket(this.store.bucket()).key(upload.key().value()).uploadId(upload.id()))
					.parts()
					.stream()
					.map((part) -> new Part(part.partNumber(), part.eTag(), part.size()))
					.toList());
	}

	/** Lists the parts; aborts and refuses an upload that is larger than allowed. */
	List<Part> requireAllowedSize(Upload upload) {
		List<Part> parts = parts(upload);
		long bytes = parts.stream().mapToLong(Part::size).sum();
		long largest = this.settings.largest().toBytes();
		if (bytes > largest) {
			abort(upload);
			throw new Problem(ProblemType.UPLOAD_TOO_LARGE,
					"The parts have %,d bytes, and an upload may have %,d: the upload was aborted.".formatted(bytes,
							largest));
		}
		return parts;
	}

	/** Completes an upload with the named parts, which the store must all have. */
	void complete(Upload upload, List<UppyUpload.SentPart> named) {
		Map<Integer, Part> present = requireAllowedSize(upload).stream()
			.collect(Collectors.toMap(Part::number, Function.identity()));
		List<CompletedPart> parts = new ArrayList<>();
		for (UppyUpload.SentPart part : named.stream()
			.sorted(Comparator.comparingInt(UppyUpload.SentPart::number))
			.toList()) {
			Part kept = present.remove(part.number());
			if (kept == null || !Part.withoutQuotes(kept.eTag()).equals(Part.withoutQuotes(part.eTag()))) {
				throw differ("The store has no part %d with the ETag %s for this upload".formatted(part.number(),
						part.eTag()), null);
			}
			parts.add(CompletedPart.builder().partNumber(kept.number()).eTag(kept.eTag()).build());
		}
		call(upload,
				() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(this.store.bucket())
					.key(upload.key().value())
					.uploadId(upload.id())
					.multipartUpload((all) -> all.parts(parts))));
		this.confirmed.invalidate(upload);
	}

	void abort(Upload upload) {
		this.confirmed.invalidate(upload);
		call(upload, () -> this.s3.abortMultipartUpload(
				(abort) -> abort.bucket(this.store.bucket()).key(upload.key().value()).uploadId(upload.id())));
	}

	private <T> T call(Upload upload, Supplier<T> call) {
		try {
			return this.store.call(call);
		}
		catch (StoreFailure failure) {
			throw switch (failure.code()) {
				// Ceph answers NoSuchKey for an upload that it no longer has.
				case "NoSuchUpload", "NoSuchKey" -> {
					this.confirmed.invalidate(upload);
					yield gone(upload, failure);
				}
				case "InvalidPart", "InvalidPartOrder", "EntityTooSmall", "MalformedXML" ->
					differ("The store does not accept these parts (%s)".formatted(failure.code()), failure);
				default -> failure;
			};
		}
	}

	private static Problem gone(Upload upload, @Nullable Throwable cause) {
		return new Problem(ProblemType.UPLOAD_NOT_FOUND,
				"There is no open upload of '%s' with this id: it was completed or aborted, or the id belongs to another key, so begin a new one."
					.formatted(upload.key().value()),
				cause);
	}

	private static Problem differ(String what, @Nullable Throwable cause) {
		return new Problem(ProblemType.UPLOAD_PARTS_DIFFER,
				what + ": list the parts, send what is missing, and complete it with their ETags.", cause);
	}

	/** A multipart upload: the store's id, and the key that belongs to it. */
	record Upload(UploadKey key, String id) {
	}

}
