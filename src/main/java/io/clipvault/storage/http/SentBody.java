package io.clipvault.storage.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, which tells how much of it the store has taken. */
final class SentBody extends FilterInputStream {

	private final BoundedHttpClient.Attempt attempt;

	SentBody(InputStream body, BoundedHttpClient.Attempt attempt) {
		super(body);
		this.attempt = attempt;
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		this.attempt.take((read < 0) ? 0 : 1);
		return read;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		int count = super.read(target, offset, length);
		this.attempt.take(Math.max(count, 0));
		return count;
	}

}
