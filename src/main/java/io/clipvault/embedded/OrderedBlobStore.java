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
 * S3Proxy's file store, except that a listing reads only what its page needs and shows
 * only finished objects.
 */
final class OrderedBlobStore extends ForwardingBlobStore {

	/** The attribute that S3Proxy sets once it has written all bytes of an object. */
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
		// Fails if the bucket is missing or its name leads out of the root.
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
	 * Deletes the temporary files of S3Proxy that a killed process did not finish.
	 * @return the number of deleted files
	 */
	int sweep() throws IOException {
		int swept = 0;
		try (Stream<Path> files = Files.walk(this.root)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				if (BEING_WRITTEN.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)
						&& !isFinished(file)) {
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

	static boolean isFinished(Path file) throws IOException {
		return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list().contains(FINISHED);
	}

}
