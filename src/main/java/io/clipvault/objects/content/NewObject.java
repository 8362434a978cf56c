package io.clipvault.objects.content;

import io.clipvault.objects.BucketName;
import io.clipvault.objects.Feature;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Everything that is stored with an object's bytes. */
record NewObject(String contentType, ContentHeaders headers, UserMetadata metadata, Placement placement,
		boolean onlyIfNew) {

	private static final String ANY = "*";

	/** Reads it from the headers that S3 also uses. */
	static NewObject of(HttpServletRequest request, ObjectKey key) {
		String contentType = request.getContentType();
		if (contentType != null && contentType.startsWith("multipart/")) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"A body of type %s is a form: send only the object's bytes, with their own type."
						.formatted(contentType));
		}
		String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
		if (request.getHeader(HttpHeaders.IF_MATCH) != null || (ifNoneMatch != null && !ifNoneMatch.equals(ANY))) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The only condition for a PUT is 'If-None-Match: *', which refuses to overwrite an object: leave out the others.");
		}
		return new NewObject((contentType != null && !isForm(contentType)) ? contentType : guessed(key),
				ContentHeaders.of(request), UserMetadata.ofHeaders(request),
				new Placement(request.getHeader("x-amz-storage-class"),
						request.getHeader("x-amz-server-side-encryption"),
						request.getHeader("x-amz-server-side-encryption-aws-kms-key-id")),
				ifNoneMatch != null);
	}

	/** The same, whether or not its key is free. */
	NewObject unconditional() {
		return new NewObject(this.contentType, this.headers, this.metadata, this.placement, false);
	}

	/**
	 * curl sends the type of a form with any body, so it says nothing about the object.
	 */
	private static boolean isForm(String contentType) {
		return contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
	}

	private static String guessed(ObjectKey key) {
		return MediaTypeFactory.getMediaType(key.value()).orElse(MediaType.APPLICATION_OCTET_STREAM).toString();
	}

	PutObjectRequest putRequest(BucketName bucket, ObjectKey key) {
		PutObjectRequest.Builder put = PutObjectRequest.builder()
			.bucket(bucket.value())
			.key(key.value())
			.contentType(this.contentType)
			.cacheControl(this.headers.cacheControl())
			.contentDisposition(this.headers.disposition())
			.contentEncoding(this.headers.encoding())
			.contentLanguage(this.headers.language())
			.metadata(this.metadata.toStore())
			.storageClass(this.placement.storageClass())
			.serverSideEncryption(this.placement.encryption())
			.ssekmsKeyId(this.placement.kmsKeyId());
		return (this.onlyIfNew ? put.ifNoneMatch(ANY) : put).build();
	}

	CreateMultipartUploadRequest multipartRequest(BucketName bucket, ObjectKey key) {
		return CreateMultipartUploadRequest.builder()
			.bucket(bucket.value())
			.key(key.value())
			.contentType(this.contentType)
			.cacheControl(this.headers.cacheControl())
			.contentDisposition(this.headers.disposition())
			.contentEncoding(this.headers.encoding())
			.contentLanguage(this.headers.language())
			.metadata(this.metadata.toStore())
			.storageClass(this.placement.storageClass())
			.serverSideEncryption(this.placement.encryption())
			.ssekmsKeyId(this.placement.kmsKeyId())
			.build();
	}

	/** The HTTP headers that describe the content. */
	record ContentHeaders(@Nullable String cacheControl, @Nullable String disposition, @Nullable String encoding,
			@Nullable String language) {

		static ContentHeaders of(HttpServletRequest request) {
			return new ContentHeaders(request.getHeader(HttpHeaders.CACHE_CONTROL),
					request.getHeader(HttpHeaders.CONTENT_DISPOSITION), request.getHeader(HttpHeaders.CONTENT_ENCODING),
					request.getHeader(HttpHeaders.CONTENT_LANGUAGE));
		}

		static ContentHeaders of(HeadObjectResponse head) {
			return new ContentHeaders(head.cacheControl(), head.contentDisposition(), head.contentEncoding(),
					head.contentLanguage());
		}

	}

	/** The storage class and the encryption of an object. */
	record Placement(@Nullable String storageClass, @Nullable String encryption, @Nullable String kmsKeyId) {

		Feature feature() {
			return (this.encryption != null) ? Feature.ENCRYPTION : Feature.OBJECTS;
		}

	}

}
