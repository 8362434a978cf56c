package io.clipvault.objects.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
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

	private static final Logger log = LoggerFactory.getLogger(ObjectWriter.class);

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
		int size = (length < 0) ? this.parts.size() : (int) Math.min(this.parts.size(), length);
		PushbackInputStream source = new PushbackInputStream(body);
		try (BufferBudget.Buffer buffer = this.buffers.take(size)) {
			int read = fill(source, buffer.bytes());
			if (isAtEnd(source)) {
				requireWhole(read, length);
				return put(target, buffer.bytes(), read);
			}
			return putParts(target, source, buffer.bytes(), length);
		}
	}

	private StoredObject put(Target target, byte[] bytes, int size) {
		NewObject object = target.object();
		if (object.onlyIfNew() && !this.newKeys.areKeptByTheStore()) {
			requireNew(target);
			object = object.unconditional();
		}
		PutObjectRequest request = object.putRequest(target.bucket(), target.key());
		PutObjectResponse answer = this.calls.on(target.bucket(), target.key().value(), object.placement().feature(),
				() -> this.s3.putObject(request, body(bytes, size)));
		return new StoredObject(target.key().value(), size, answer.eTag(), answer.versionId());
	}

	private StoredObject putParts(Target target, PushbackInputStream source, byte[] buffer, long length) {
		requireNew(target);
		String upload = call(target,
				() -> this.s3.createMultipartUpload(target.object().multipartRequest(target.bucket(), target.key())))
			.uploadId();
		try {
			List<CompletedPart> parts = new ArrayList<>();
			long size = 0;
			int read = buffer.length;
			while (read > 0) {
				parts.add(part(target, upload, parts.size() + 1, buffer, read));
				size += read;
				read = fill(source, buffer);
				if (read > 0) {
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

	private CompletedPart part(Target target, String upload, int number, byte[] bytes, int size) {
		return CompletedPart.builder()
			.partNumber(number)
			.eTag(call(target,
					() -> this.s3.uploadPart((part) -> part.bucket(target.bucket().value())
						.key(target.key().value())
						.uploadId(upload)
						.partNumber(number), body(bytes, size)))
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

	/** RequestBody.fromBytes would copy the bytes. */
	private static RequestBody body(byte[] bytes, int size) {
		return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, size), size,
				"application/octet-stream");
	}

	private static int fill(InputStream source, byte[] buffer) {
		try {
			return source.readNBytes(buffer, 0, buffer.length);
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
