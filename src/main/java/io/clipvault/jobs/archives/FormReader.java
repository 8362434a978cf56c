package io.clipvault.jobs.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.UploadContext;

/**
 * Reads the files of a form as they arrive. The servlet's own parts would first be
 * written to another folder.
 */
public final class FormReader {

	/** Enough for a percent-encoded file name of 255 bytes and the other headers. */
	private static final int LARGEST_HEAD = 4096;

	private FormReader() {
	}

	public static void receive(String contentType, InputStream body, IncomingDirectory incoming) {
		FileUpload parser = new FileUpload();
		parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
		parser.setPartHeaderSizeMax(LARGEST_HEAD);
		try {
			FileItemIterator parts = parser.getItemIterator(new Form(contentType, body));
			while (parts.hasNext()) {
				FileItemStream part = parts.next();
				if (part.isFormField() || part.getName() == null || part.getName().isEmpty()) {
					throw new Problem(ProblemType.INVALID_REQUEST,
							"The part '%s' is not a file: give every part a file name.".formatted(part.getFieldName()));
				}
				try (InputStream content = part.openStream()) {
					incoming.add(part.getName(), content);
				}
			}
		}
		catch (InvalidFileNameException | IOException broken) {
			throw new UnreadableUpload(broken);
		}
	}

	/**
	 * A form whose length does not matter: {@link IncomingDirectory} bounds what arrives.
	 */
	private record Form(String contentType, InputStream body) implements UploadContext {

		@Override
		public long contentLength() {
			return -1;
		}

		@Override
		public String getContentType() {
			return this.contentType;
		}

		@Override
		public InputStream getInputStream() {
			return this.body;
		}

		@Override
		public String getCharacterEncoding() {
			return StandardCharsets.UTF_8.name();
		}

	}

}
