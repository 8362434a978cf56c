package io.clipvault.objects.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import java.util.Set;
import java.util.Locale;

import io.clipvault.bounds.Places;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.BrokenDownload;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectBytes;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Streams an object from the store to the caller and applies HTTP ranges and conditions.
 */
@Component
class ObjectReader {

	/** Directives that let a shared cache keep an answer. */
	private static final Set<String> SHARED = Set.of("public", "s-maxage", "must-understand");

	/**
	 * Zips and objects together have fewer places than the store's client has
	 * connections.
	 */
	static final int MOST = 192;

	private final Places places = new Places(MOST, ProblemType.DOWNLOADS_BUSY,
			"%d objects are being read already: ask again after the time in Retry-After, or read the object by a link from POST /links."
				.formatted(MOST));

	private final S3Client s3;

	private final StoreCalls calls;

	private final Store store;

	ObjectReader(S3Client s3, StoreCalls calls, Store store) {
		this.s3 = s3;
		this.calls = calls;
		this.store = store;
	}

	void read(Source source, HttpServletRequest request, HttpServletResponse response) {
		HeadObjectResponse head = head(source, request);
		if (isNotModified(head, request, response)) {
			return;
		}
		try (Places.Place _ = this.places.take()) {
			send(head, source, request, response);
		}
	}

	private void send(HeadObjectResponse head, Source source, HttpServletRequest request,
			HttpServletResponse response) {
		String range = wantedRange(head, request);
		// Reads the very object that the conditions were compared with.
		GetObjectRequest get = GetObjectRequest.builder()
			.bucket(source.bucket().value())
			.key(source.key().value())
			.versionId(source.versionId())
			.ifMatch(head.eTag())
			.range(range)
			.build();
		ObjectBytes object = this.calls.on(source.bucket(), source.key().value(), Feature.OBJECTS,
				() -> this.store.open(get));
		GetObjectResponse answer = object.response();
		describe(head, source, response);
		response.setContentLengthLong(answer.contentLength());
		if (answer.contentRange() != null) {
			response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
			response.setHeader(HttpHeaders.CONTENT_RANGE, answer.contentRange());
		}
		send(object, source, request, response);
	}

	void describe(Source source, HttpServletRequest request, HttpServletResponse response) {
		HeadObjectResponse head = head(source, request);
		if (!isNotModified(head, request, response)) {
			describe(head, source, response);
			response.setContentLengthLong(head.contentLength());
		}
	}

	/** Lets the store check If-Match and If-Unmodified-Since. */
	private HeadObjectResponse head(Source source, HttpServletRequest request) {
		long unmodifiedSince = date(request, HttpHeaders.IF_UNMODIFIED_SINCE);
		HeadObjectRequest head = HeadObjectRequest.builder()
			.bucket(source.bucket().value())
			.key(source.key().value())
			.versionId(source.versionId())
			.ifMatch(request.getHeader(HttpHeaders.IF_MATCH))
			.ifUnmodifiedSince((unmodifiedSince < 0) ? null : Instant.ofEpochMilli(unmodifiedSince))
			.build();
		return this.calls.on(source.bucket(), source.key().value(), Feature.OBJECTS, () -> this.s3.headObject(head));
	}

	/** Answers 304 by the rules of RFC 9110 if the caller's copy is current. */
	private static boolean isNotModified(HeadObjectResponse head, HttpServletRequest request,
			HttpServletResponse response) {
		return new ServletWebRequest(request, response).checkNotModified(head.eTag(),
				head.lastModified().toEpochMilli());
	}

	private static @Nullable String wantedRange(HeadObjectResponse head, HttpServletRequest request) {
		String range = request.getHeader(HttpHeaders.RANGE);
		String onlyIf = request.getHeader(HttpHeaders.IF_RANGE);
		if (range == null || !range.startsWith("bytes=") || range.contains(",")) {
			// Several ranges are answered with the whole object, as HTTP allows.
			return null;
		}
		return (onlyIf == null || isSame(head, onlyIf, request)) ? range : null;
	}

	/** A weak tag never matches, because it does not promise the same bytes. */
	private static boolean isSame(HeadObjectResponse head, String onlyIf, HttpServletRequest request) {
		if (onlyIf.startsWith("W/")) {
			return false;
		}
		long lastModified = head.lastModified().truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
		return onlyIf.equals(head.eTag()) || date(request, HttpHeaders.IF_RANGE) == lastModified;
	}

	/**
	 * The date in a header; -1 if there is none or it cannot be parsed.
	 */
	private static long date(HttpServletRequest request, String header) {
		try {
			return request.getDateHeader(header);
		}
		catch (IllegalArgumentException notDate) {
			return -1;
		}
	}

	private static void describe(HeadObjectResponse head, Source source, HttpServletResponse response) {
		set(response, HttpHeaders.CONTENT_TYPE, head.contentType());
		set(response, HttpHeaders.CACHE_CONTROL,
				cacheControl(head.cacheControl(), response.getHeader(HttpHeaders.CACHE_CONTROL)));
		set(response, HttpHeaders.CONTENT_ENCODING, head.contentEncoding());
		set(response, HttpHeaders.CONTENT_LANGUAGE, head.contentLanguage());
		set(response, HttpHeaders.CONTENT_DISPOSITION,
				(source.downloadName() != null) ? attachment(source.downloadName()) : head.contentDisposition());
		set(response, HttpHeaders.ETAG, head.eTag());
		response.setDateHeader(HttpHeaders.LAST_MODIFIED, head.lastModified().toEpochMilli());
		response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
		set(response, "x-amz-version-id", head.versionId());
		set(response, "x-amz-storage-class", head.storageClassAsString());
		set(response, "x-amz-server-side-encryption", head.serverSideEncryptionAsString());
		UserMetadata.ofStore(head.metadata())
			.toStore()
			.forEach((name, value) -> response.setHeader(UserMetadata.HEADER + name, value));
		// An object may be a foreign HTML page, which must not run with this service's
		// origin.
		response.setHeader("Content-Security-Policy", "sandbox; frame-ancestors 'none'");
		response.setHeader("X-Content-Type-Options", "nosniff");
	}

	/**
	 * What is stored with the object, unless that lets proxies keep an answer that needed
	 * a key.
	 */
	static @Nullable String cacheControl(@Nullable String stored, @Nullable String asked) {
		if (stored == null || asked == null) {
			return (stored != null) ? stored : asked;
		}
		return Stream
			.concat(Stream.of(asked), Stream.of(stored.split(","))
				.map(String::strip)
				.filter((directive) -> !SHARED.contains(directive.replaceFirst("=.*", "").toLowerCase(Locale.ROOT))))
			.distinct()
			.collect(Collectors.joining(", "));
	}

	private static String attachment(String name) {
		return ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
	}

	private static void set(HttpServletResponse response, String name, @Nullable String value) {
		if (value != null) {
			response.setHeader(name, value);
		}
	}

	private static void send(ObjectBytes object, Source source, HttpServletRequest request,
			HttpServletResponse response) {
		try (object) {
			object.writeTo(response.getOutputStream());
		}
		catch (StoreFailure broken) {
			if (!response.isCommitted()) {
				response.reset();
				throw broken;
			}
			BrokenDownload.cut(request, "'" + source.key() + "'", broken);
		}
		catch (IOException gone) {
			BrokenDownload.cut(request, "'" + source.key() + "'", gone);
		}
	}

	/** The object, its version, and the name to save it under. */
	record Source(BucketName bucket, ObjectKey key, @Nullable String versionId, @Nullable String downloadName) {
	}

}
