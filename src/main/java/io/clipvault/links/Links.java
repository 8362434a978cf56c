package io.clipvault.links;

import java.time.Duration;

import io.clipvault.storage.Store;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.stereotype.Component;

/** Signs links into the bucket. */
@Component
public class Links {

	private final S3Presigner presigner;

	private final Store store;

	Links(S3Presigner presigner, Store store) {
		this.presigner = presigner;
		this.store = store;
	}

	/** A link that anyone can read the object with, for a while. */
	public String toRead(String key, Duration lifetime) {
		return this.presigner
			.presignGetObject((link) -> link.signatureDuration(lifetime)
				.getObjectRequest((object) -> object.bucket(this.store.bucket()).key(key)))
			.url()
			.toExternalForm();
	}

}
