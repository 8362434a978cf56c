package io.clipvault.gallery.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.clipvault.layouts.ArtifactKey;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A metadata object as listed. */
record MetadataObject(ArtifactKey key, String etag, long size, Instant lastModified) {

	static MetadataObject of(ArtifactKey key, S3Object object) {
		return new MetadataObject(key, withoutQuotes(object.eTag()), object.size(),
				object.lastModified().truncatedTo(ChronoUnit.MILLIS));
	}

	/** Some stores quote the ETag in a listing and some do not. */
	static String withoutQuotes(@Nullable String etag) {
		return (etag != null) ? etag.replace("\"", "") : "";
	}

	JobId job() {
		return this.key.job();
	}

	/** The key without the bucket's prefix. */
	String path() {
		return this.key.job() + "/" + this.key.fileName();
	}

	/** What the names of this metadata's clips begin with. */
	String title() {
		return new ArtifactName(this.key.fileName()).title();
	}

	MetadataObject withEtag(String newEtag) {
		return new MetadataObject(this.key, newEtag, this.size, this.lastModified);
	}

}
