package io.clipvault.jobs.folders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A range of a file as the body of a request. It opens a stream for each attempt and
 * closes the one before, because the SDK closes only the last.
 */
public final class FileBody implements ContentStreamProvider, AutoCloseable {

	private final RootedFile file;

	private final long offset;

	private final long length;

	private final AtomicLong sent;

	private @Nullable InputStream open;

	/**
	 * Makes a body.
	 * @param sent how much of it was read in the current attempt
	 */
	public FileBody(RootedFile file, long offset, long length, AtomicLong sent) {
		this.file = file;
		this.offset = offset;
		this.length = length;
		this.sent = sent;
	}

	@Override
	public InputStream newStream() {
		close();
		try {
			InputStream opened = new FileRange(this.file, this.offset, this.length, this.sent);
			this.open = opened;
			return opened;
		}
		catch (IOException failure) {
			throw new FileState.Unusable(failure);
		}
	}

	@Override
	public void close() {
		try {
			if (this.open != null) {
				this.open.close();
			}
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

}
