package io.clipvault.storage.http;

import java.io.FilterInputStream;
import java.io.IOException;

import software.amazon.awssdk.http.AbortableInputStream;

/** The body of an answer; only the time inside a read counts as waiting. */
final class ReceivedBody extends FilterInputStream {

	private final BoundedHttpClient.Attempt attempt;

	ReceivedBody(AbortableInputStream body, BoundedHttpClient.Attempt attempt) {
		super(body);
		this.attempt = attempt;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		this.attempt.begin();
		int count = 0;
		try {
			count = super.read(target, offset, length);
		}
		catch (IOException | RuntimeException broken) {
			if (this.attempt.isOverdue()) {
				throw this.attempt.timeout(broken);
			}
			throw broken;
		}
		finally {
			this.attempt.pause(Math.max(count, 0));
		}
		if (count < 0) {
			if (this.attempt.isOverdue()) {
				throw this.attempt.timeout(new IOException("The answer ended early"));
			}
			this.attempt.end();
		}
		return count;
	}

	@Override
	public long skip(long count) throws IOException {
		return Math.max(0, read(new byte[Math.clamp(count, 0, 8192)]));
	}

	@Override
	public void close() throws IOException {
		this.attempt.end();
		super.close();
	}

}
