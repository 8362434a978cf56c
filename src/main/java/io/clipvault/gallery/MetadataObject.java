package io.clipvault.gallery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A metadata object as a listing shows it. */
record MetadataObject(ArtifactKey key, String etag, long size, Instant lastModified) {

	static MetadataObject of(ArtifactKey key, S3Object object) {
		return new MetadataObject(key, plain(object.eTag()), object.size(),
				object.lastModified().truncatedTo(ChronoUnit.MILLIS));
	}

	/** Some stores quote the tag in a listing and some do not. */
	static String plain(@Nullable String etag) {
		return (etag != null) ? etag.replace("\"", "") : "";
	}

	JobId job() {
		return this.key.job();
	}

	/** Its key without the prefix. */
	String path() {
		return this.key.job() + "/" + this.key.fileName();
	}

	/** What the names of the job's files begin with. */
	String title() {
		return new ArtifactName(this.key.fileName()).title();
	}

	MetadataObject withEtag(String tag) {
		return new MetadataObject(this.key, tag, this.size, this.lastModified);
	}

}
