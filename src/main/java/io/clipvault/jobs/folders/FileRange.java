package io.clipvault.jobs.folders;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A range of a file as a stream that counts the bytes that were read. */
final class FileRange extends InputStream {

	private static final int BUFFER = 128 << 10;

	private final FileChannel channel;

	private final AtomicLong sent;

	private final ByteBuffer buffer;

	private final long end;

	private long position;

	FileRange(RootedFile file, long offset, long length, AtomicLong sent) throws IOException {
		this.channel = file.read();
		this.position = offset;
		this.end = offset + length;
		this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, length))).limit(0);
		this.sent = sent;
		sent.set(0);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!this.buffer.hasRemaining() && !fill()) {
			return -1;
		}
		int read = Math.min(length, this.buffer.remaining());
		this.buffer.get(target, offset, read);
		this.sent.addAndGet(read);
		return read;
	}

	private boolean fill() throws IOException {
		long left = this.end - this.position;
		if (left == 0) {
			return false;
		}
		this.buffer.clear().limit((int) Math.min(this.buffer.capacity(), left));
		int read = this.channel.read(this.buffer, this.position);
		this.buffer.flip();
		if (read < 0) {
			throw new EOFException("The file ends before byte " + this.end);
		}
		this.position += read;
		return true;
	}

	@Override
	public int available() {
		return this.buffer.remaining();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
