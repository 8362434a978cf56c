package io.clipvault.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

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

	@Override
	public boolean blobExists(String container, String name) {
		FileKeys.check(name);
		return super.blobExists(container, name);
	}

	@Override
	public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
		FileKeys.check(request.key());
		return super.putBlob(request, payload);
	}

	@Override
	public CopyObjectResponse copyBlob(CopyObjectRequest request) {
		FileKeys.check(request.sourceKey());
		FileKeys.check(request.destinationKey());
		return super.copyBlob(request);
	}

	@Override
	public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
		FileKeys.check(request.key());
		return super.blobMetadata(request);
	}

	@Override
	public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
		FileKeys.check(request.key());
		return super.getBlob(request);
	}

	@Override
	public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
		FileKeys.check(request.key());
		return super.removeBlob(request);
	}

	@Override
	public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
		FileKeys.check(request.key());
		return super.initiateMultipartUpload(request);
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
