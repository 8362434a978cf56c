package io.clipvault.storage;

import java.util.Locale;
import java.util.function.Supplier;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

import org.springframework.stereotype.Component;

/**
 * The bucket this service works on, and the edge at which the SDK's exceptions become
 * words.
 */
@Component
public class Store {

	/** The header that a body's digest is signed in; set on a request, it is trusted. */
	public static final String CONTENT_SHA256 = "x-amz-content-sha256";

	private final StorageSettings settings;

	private final StoreConnection connection;

	Store(StorageSettings settings, StoreConnection connection) {
		this.settings = settings;
		this.connection = connection;
	}

	public String bucket() {
		return this.settings.bucket();
	}

	public String prefix() {
		return this.settings.prefix();
	}

	public String region() {
		return this.connection.region();
	}

	/** Whether it is the engine inside this process. */
	public boolean embedded() {
		return this.connection.accessKey() != null;
	}

	/** Makes one call to the store; a failure leaves as a {@link StoreFailure}. */
	public <T> T call(Supplier<T> call) {
		return call(this.settings.bucket(), call);
	}

	/** Makes one call on a bucket that may not be the service's own. */
	public <T> T call(String bucket, Supplier<T> call) {
		try {
			return call.get();
		}
		catch (SdkException failure) {
			throw StoreFailure.of(failure, this.connection, bucket);
		}
	}

	/** An object that a call has opened; whoever opens it closes it. */
	public ObjectBytes bytes(ResponseInputStream<GetObjectResponse> opened) {
		return new ObjectBytes(opened, this.connection);
	}

	/** An object that a call left where it was, while it removed others. */
	public StoreFailure kept(S3Error error) {
		return StoreFailure.of(error, this.connection, this.settings.bucket());
	}

	/** What people call the store, to begin a sentence with. */
	public String name() {
		return this.connection.name().substring(0, 1).toUpperCase(Locale.ROOT) + this.connection.name().substring(1);
	}

}
