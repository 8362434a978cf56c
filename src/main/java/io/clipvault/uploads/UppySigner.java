package io.clipvault.uploads;

import java.net.URI;
import java.time.Duration;

import io.clipvault.links.Links;
import io.clipvault.storage.Store;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.stereotype.Component;

/** Signs the calls of a multipart upload that a browser makes to the store. */
@Component
class UppySigner {

	private final S3Presigner presigner;

	private final Links links;

	private final Store store;

	private final DirectUploadSettings settings;

	UppySigner(S3Presigner presigner, Links links, Store store, DirectUploadSettings settings) {
		this.presigner = presigner;
		this.links = links;
		this.store = store;
		this.settings = settings;
	}

	/** How long a call works that is signed now. */
	Duration lifetime() {
		return this.links.within(this.settings.lifetime());
	}

	/** The address of the finished object, without the signature that it may need. */
	URI address(UploadKey key) {
		return this.links.address(key.value());
	}

	String bucket() {
		return this.store.bucket();
	}

	URI begin(UploadKey key) {
		return URI.create(this.presigner
			.presignCreateMultipartUpload((sign) -> sign.signatureDuration(lifetime())
				.createMultipartUploadRequest((create) -> create.bucket(this.store.bucket()).key(key.value())))
			.url()
			.toExternalForm());
	}

	URI part(OpenUploads.Upload upload, int number) {
		return URI.create(
				this.presigner
					.presignUploadPart((sign) -> sign.signatureDuration(lifetime())
						.uploadPartRequest((part) -> part.bucket(this.store.bucket())
							.key(upload.key().value())
							.uploadId(upload.id())
							.partNumber(number)))
					.url()
					.toExternalForm());
	}

	/**
	 * Signs ListParts as a GET with the upload's id, because the SDK cannot presign it.
	 */
	URI parts(OpenUploads.Upload upload) {
		return URI.create(this.presigner
			.presignGetObject((sign) -> sign.signatureDuration(lifetime())
				.getObjectRequest((get) -> get.bucket(this.store.bucket())
					.key(upload.key().value())
					.overrideConfiguration((request) -> request.putRawQueryParameter("uploadId", upload.id()))))
			.url()
			.toExternalForm());
	}

	URI complete(OpenUploads.Upload upload) {
		return URI.create(
				this.presigner
					.presignCompleteMultipartUpload((sign) -> sign.signatureDuration(lifetime())
						.completeMultipartUploadRequest((complete) -> complete.bucket(this.store.bucket())
							.key(upload.key().value())
							.uploadId(upload.id())))
					.url()
					.toExternalForm());
	}

	URI abort(OpenUploads.Upload upload) {
		return URI.create(this.presigner
			.presignAbortMultipartUpload((sign) -> sign.signatureDuration(lifetime())
				.abortMultipartUploadRequest(
						(abort) -> abort.bucket(this.store.bucket()).key(upload.key().value()).uploadId(upload.id())))
			.url()
			.toExternalForm());
	}

}
