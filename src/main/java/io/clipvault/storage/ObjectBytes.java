package io.clipvault.storage;

import java.io.IOException;
import java.io.OutputStream;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object while the store sends them. A failure of the store is a
 * {@link StoreFailure}; closing early drops the connection instead of reading the rest.
 */
public final class ObjectBytes implements AutoCloseable {

	private static final int BUFFER = 64 << 10;

	private final ResponseInputStream<GetObjectResponse> object;

	private final StoreConnection store;

	private boolean whole;

	ObjectBytes(ResponseInputStream<GetObjectResponse> object, StoreConnection store) {
		this.object = object;
		this.store = store;
	}

	public GetObjectResponse response() {
		return this.object.response();
	}

	/** Writes all bytes; an {@link IOException} then comes from {@code out}. */
	public void writeTo(OutputStream out) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int count = read(buffer); count >= 0; count = read(buffer)) {
			out.write(buffer, 0, count);
		}
		this.whole = true;
	}

	private int read(byte[] buffer) {
		try {
			return this.object.read(buffer);
		}
		catch (IOException | SdkException broken) {
			throw StoreFailure.brokenOff(broken, this.store);
		}
	}

	@Override
	public void close() {
		try {
			if (this.whole) {
				this.object.close();
				return;
			}
		}
		catch (IOException late) {
			// All bytes were read; only the connection cannot be reused.
		}
		this.object.abort();
	}

}
