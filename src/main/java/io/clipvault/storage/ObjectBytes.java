package io.clipvault.storage;

import java.io.IOException;
import java.io.OutputStream;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes as the store sends them: a break on that side is a
 * {@link StoreFailure}, and closing early does not read the rest.
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

	/** Writes all of them; an {@link IOException} is then the other side's. */
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
			// Everything was read: only the connection is of no more use.
		}
		this.object.abort();
	}

}
