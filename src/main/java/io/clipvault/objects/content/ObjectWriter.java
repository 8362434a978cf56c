package io.clipvault.objects.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clipvault.bounds.ArrivingBody;
import io.clipvault.bounds.Places;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.StoreFailure;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Writes a body to the store through one buffer, in parts if it does not fit, so that
 * each call can be retried.
 */
@Component
class ObjectWriter {

	/** Fewer than there are chunks in the smallest buffer memory that is useful. */
	static final int MOST_BODIES = 256;

	private static final Logger log = LoggerFactory.getLogger(ObjectWriter.class);

	private final Places places = new Places(MOST_BODIES, ProblemType.UPLOADS_BUSY,
			"%d objects are arriving already: send this one again after the time in Retry-After."
				.formatted(MOST_BODIES));

	private final S3Client s3;

	private final StoreCalls calls;

	private final BufferBudget buffers;

	private final BodyParts parts;

	private final NewKeys newKeys;

	ObjectWriter(S3Client s3, StoreCalls calls, BufferBudget buffers, BodyParts parts, NewKeys newKeys) {
		this.s3 = s3;
		this.calls = calls;
		this.buffers = buffers;
		this.parts = parts;
		this.newKeys = newKeys;
	}

	/**
	 * Writes the object.
	 * @param length the length of the body; negative if it is not known
	 */
	StoredObject write(Target target, InputStream body, long length) {
		if (length >= 0) {
			this.parts.requireTaken(Math.ceilDiv(length, this.parts.size()));
		}
		PushbackInputStream source = new PushbackInputStream(new ArrivingBody(body));
		try (Places.Place _ = this.places.take(); BufferBudget.Buffer buffer = this.buffers.open()) {
			fill(source, buffer);
			if (isAtEnd(source)) {
				requireWhole(buffer.size(), length);
				return put(target, buffer);
			}
			return putParts(target, source, buffer, length);
		}
	}

	private StoredObject put(Target target, BufferBudget.Buffer buffer) {
		NewObject object = target.object();
		if (object.onlyIfNew() && !this.newKeys.areKeptByTheStore()) {
			requireNew(target);
			object = object.unconditional();
		}
		PutObjectRequest request = object.putRequest(target.bucket(), target.key());
		PutObjectResponse answer = this.calls.on(target.bucket(), target.key().value(), object.placement().feature(),
				() -> this.s3.putObject(request, body(buffer)));
		return new StoredObject(target.key().value(), buffer.size(), answer.eTag(), answer.versionId());
	}

	private StoredObject putParts(Target target, PushbackInputStream source, BufferBudget.Buffer buffer, long length) {
		requireNew(target);
		String upload = call(target,
				() -> this.s3.createMultipartUpload(target.object().multipartRequest(target.bucket(), target.key())))
			.uploadId();
		try {
			List<CompletedPart> parts = new ArrayList<>();
			long size = 0;
			while (buffer.size() > 0) {
				parts.add(part(target, upload, parts.size() + 1, buffer));
				size += buffer.size();
				fill(source, buffer);
				if (buffer.size() > 0) {
					this.parts.requireTaken(parts.size() + 1L);
				}
			}
			requireWhole(size, length);
			// Checks again, because older stores ignore If-None-Match here.
			requireNew(target);
			boolean isKeptByTheStore = target.object().onlyIfNew() && this.newKeys.areKeptByTheStore();
			CompleteMultipartUploadResponse answer = call(target,
					() -> this.s3.completeMultipartUpload((complete) -> complete.bucket(target.bucket().value())
						.key(target.key().value())
						.uploadId(upload)
						.ifNoneMatch(isKeptByTheStore ? "*" : null)
						.multipartUpload((completed) -> completed.parts(parts))));
			return new StoredObject(target.key().value(), size, answer.eTag(), answer.versionId());
		}
		catch (RuntimeException failure) {
			abort(target, upload);
			throw failure;
		}
	}

	private CompletedPart part(Target target, String upload, int number, BufferBudget.Buffer buffer) {
		return CompletedPart.builder()
			.partNumber(number)
			.eTag(call(target,
					() -> this.s3.uploadPart((part) -> part.bucket(target.bucket().value())
						.key(target.key().value())
						.uploadId(upload)
						.partNumber(number), body(buffer)))
				.eTag())
			.build();
	}

	private void abort(Target target, String upload) {
		try {
			call(target, () -> this.s3.abortMultipartUpload(
					(abort) -> abort.bucket(target.bucket().value()).key(target.key().value()).uploadId(upload)));
		}
		catch (StoreFailure failure) {
			log.warn("The unfinished upload of {} could not be aborted in {}: {}", target.key(), target.bucket(),
					failure.detail());
		}
	}

	private void requireNew(Target target) {
		if (target.object().onlyIfNew()) {
			this.newKeys.require(target.bucket(), target.key());
		}
	}

	private <T> T call(Target target, Supplier<T> call) {
		return this.calls.on(target.bucket(), target.key().value(), target.object().placement().feature(), call);
	}

	private static RequestBody body(BufferBudget.Buffer buffer) {
		return RequestBody.fromContentProvider(buffer::bytes, buffer.size(), "application/octet-stream");
	}

	private static void fill(PushbackInputStream source, BufferBudget.Buffer buffer) {
		try {
			buffer.fill(source);
		}
		catch (IOException broken) {
			throw cutOff(broken);
		}
	}

	private static boolean isAtEnd(PushbackInputStream source) {
		try {
			int next = source.read();
			if (next >= 0) {
				source.unread(next);
			}
			return next < 0;
		}
		catch (IOException broken) {
			throw cutOff(broken);
		}
	}

	private static void requireWhole(long size, long length) {
		if (length >= 0 && size != length) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The body ended after %,d of %,d bytes and was not stored: send it again.".formatted(size, length));
		}
	}

	private static Problem cutOff(IOException broken) {
		return new Problem(ProblemType.INVALID_REQUEST,
				"The connection broke before the body ended, and nothing was stored: send it again.", broken);
	}

	/** The bucket, key and properties of the object to write. */
	record Target(BucketName bucket, ObjectKey key, NewObject object) {
	}

	/** An object that was just written. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record StoredObject(@Schema(example = "notes/today.txt") String key, @Schema(example = "1024") long size,
			@Schema(example = "\"9e107d9d372bb6826bd81d3542a419d6\"") @Nullable String etag,
			@Schema(description = "If the bucket keeps versions") @Nullable String versionId) {
	}

}
