package io.clipvault.storage;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The client for answers that callers read at their own pace. It has connections of its
 * own, so that slow readers leave those of all other calls alone.
 */
@Component
class Downloads implements DisposableBean {

	private final S3Client s3;

	/** Builds a client as the service's own is built. */
	Downloads(S3ClientBuilder builder) {
		this.s3 = builder.build();
	}

	ResponseInputStream<GetObjectResponse> open(GetObjectRequest object) {
		return this.s3.getObject(object);
	}

	@Override
	public void destroy() {
		this.s3.close();
	}

}
