package io.clipvault.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * S3Proxy's file store with listings that cost one page and show finished objects only.
 */
final class OrderedBlobStore extends ForwardingBlobStore {

	/** The attribute that S3Proxy writes once all bytes of an object are there. */
	static final String FINISHED = "user.content-md5";

	private static final Pattern BEING_WRITTEN = Pattern
		.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);

	private final Path root;

	OrderedBlobStore(Path root) {
		this(root, new FilesystemNio2BlobStore(root.toString()));
	}

	private OrderedBlobStore(Path root, BlobStore files) {
		super(files);
		this.root = root;
	}

	@Override
	public ListObjectsV2Response list(ListObjectsV2Request request) {
		String delimiter = request.delimiter();
		if (delimiter != null && !delimiter.isEmpty() && !delimiter.equals("/")) {
			return super.list(request);
		}
		// Says that the bucket is missing, and refuses a name that leaves the root.
		headBucket(HeadBucketRequest.builder().bucket(request.bucket()).build());
		return new ListingPage(this.root.resolve(request.bucket()), request).read();
	}

	/**
	 * Removes what a killed process left: files that were being written under S3Proxy's
	 * names for that, and never finished.
	 * @return how many there were
	 */
	int sweep() throws IOException {
		int swept = 0;
		try (Stream<Path> files = Files.walk(this.root)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				if (BEING_WRITTEN.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)
						&& !finished(file)) {
					Files.delete(file);
					swept++;
				}
			}
		}
		catch (UncheckedIOException failure) {
			throw failure.getCause();
		}
		return swept;
	}

	static boolean finished(Path file) throws IOException {
		return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list().contains(FINISHED);
	}

}
