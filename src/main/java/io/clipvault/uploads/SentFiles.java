package io.clipvault.uploads;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clipvault.abilities.CheckedCopies;
import io.clipvault.layouts.ArtifactHeaders;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.Store;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** The calls to the store for files that browsers have sent. */
@Component
class SentFiles {

	private final S3Client s3;

	private final Store store;

	private final UploadKeys keys;

	private final CheckedCopies copies;

	SentFiles(S3Client s3, Store store, UploadKeys keys, CheckedCopies copies) {
		this.s3 = s3;
		this.store = store;
		this.keys = keys;
		this.copies = copies;
	}

	List<UploadKey> inFolder(String folder) {
		ListObjectsV2Request request = ListObjectsV2Request.builder()
			.bucket(this.store.bucket())
			.prefix(folder + "/")
			// Without the encoding, a key with a control character breaks the XML.
			.encodingType(EncodingType.URL)
			.build();
		return this.store.call(() -> this.s3.listObjectsV2Paginator(request)
			.contents()
			.stream()
			.flatMap((object) -> this.keys.parse(object.key()).stream())
			.filter((upload) -> upload.folder().equals(folder))
			.toList());
	}

	/** Copies an upload to a job, if it is still the one that was read. */
	void copy(UploadKey upload, HeadObjectResponse read, JobId job, String target) {
		Map<String, String> headers = new HashMap<>(ArtifactHeaders.of(job, new ArtifactName(upload.fileName())));
		headers.put(ArtifactHeaders.UPLOAD_KEY, upload.value());
		headers.put(ArtifactHeaders.UPLOAD_ETAG, Part.withoutQuotes(read.eTag()));
		this.copies.copy(CopyObjectRequest.builder()
			.sourceBucket(this.store.bucket())
			.sourceKey(upload.value())
			.copySourceIfMatch(read.eTag())
			.destinationBucket(this.store.bucket())
			.destinationKey(target)
			.metadataDirective(MetadataDirective.REPLACE)
			.contentType(read.contentType())
			.metadata(headers)
			.build());
	}

	void remove(UploadKey upload) {
		this.store.call(() -> this.s3.deleteObject((delete) -> delete.bucket(this.store.bucket()).key(upload.value())));
	}

}
