package io.clipvault.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.regex.Pattern;

import io.clipvault.problems.StartRefused;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

import org.springframework.beans.factory.DisposableBean;

/** An S3 server on loopback that keeps its objects as files. */
final class EmbeddedEngine implements DisposableBean {

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	private static final Logger log = LoggerFactory.getLogger(EmbeddedEngine.class);

	private static final int LARGEST_CHUNK = 128 << 20;

	private final FileChannel lock;

	private final EngineKeys keys;

	private final S3Proxy server;

	EmbeddedEngine(EmbeddedSettings settings, String bucket, List<String> frontends) {
		Path directory = settings.directory().toAbsolutePath().normalize();
		try {
			Path buckets = Files.createDirectories(directory.resolve("buckets"), OWNER_ONLY);
			this.lock = lock(directory);
			try {
				requireAttributes(directory);
				this.keys = EngineKeys.of(directory);
				this.server = start(settings.port(), store(buckets, bucket), frontends);
			}
			catch (IOException | RuntimeException failure) {
				this.lock.close();
				throw failure;
			}
		}
		catch (IOException failure) {
			throw new StartRefused("The data folder %s cannot be used: %s.".formatted(directory, failure),
					"Make it writable for this user, or name another one in clipvault.data-directory.", failure);
		}
	}

	private static OrderedBlobStore store(Path buckets, String bucket) throws IOException {
		OrderedBlobStore store = new OrderedBlobStore(buckets);
		int swept = store.sweep();
		if (swept > 0) {
			log.info("Removed {} unfinished files that an earlier process left in {}.", swept, buckets);
		}
		try {
			store.createContainer(CreateBucketRequest.builder().bucket(bucket).build());
		}
		catch (BucketAlreadyOwnedByYouException exists) {
			log.debug("The bucket {} already exists.", bucket);
		}
		return store;
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getPort());
	}

	EngineKeys keys() {
		return this.keys;
	}

	@Override
	public void destroy() throws Exception {
		this.server.stop();
		this.lock.close();
	}

	/**
	 * Locks the folder; a second engine on it would delete files that the first is
	 * writing.
	 */
	private static FileChannel lock(Path directory) throws IOException {
		FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (OverlappingFileLockException sameProcess) {
			// Handled below, like a lock of another process.
		}
		channel.close();
		throw new StartRefused("The data folder %s is in use by another Clipvault.".formatted(directory),
				"Stop the other one, or name another folder in clipvault.data-directory.");
	}

	private static void requireAttributes(Path directory) throws IOException {
		Path probe = Files.createTempFile(directory, "probe", null);
		try {
			Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class)
				.write(OrderedBlobStore.FINISHED, ByteBuffer.wrap(new byte[1]));
		}
		catch (IOException | UnsupportedOperationException none) {
			throw new StartRefused(
					"The file system of %s has no user extended attributes, which the embedded engine needs."
						.formatted(directory),
					"Name a folder on another file system (ext4, xfs, btrfs, APFS) in clipvault.data-directory, or use a real store with clipvault.storage.engine=s3.",
					none);
		}
		finally {
			Files.delete(probe);
		}
	}

	private S3Proxy start(int port, OrderedBlobStore store, List<String> frontends) {
		S3Proxy started = S3Proxy.builder()
			.blobStore(store)
			.endpoint(URI.create("http://127.0.0.1:" + port))
			.awsAuthentication(AuthenticationType.AWS_V4, this.keys.accessKey(), this.keys.secretKey())
			.v4MaxChunkSize(LARGEST_CHUNK)
			.ignoreUnknownHeaders(true)
			.corsRules(new CrossOriginResourceSharing(frontends.stream().map(Pattern::quote).toList(),
					List.of("GET", "HEAD", "PUT", "POST", "DELETE"), List.of("*"), List.of("ETag"), ""))
			.build();
		try {
			started.start();
			return started;
		}
		catch (Exception failure) {
			if (isCausedBy(failure, BindException.class)) {
				throw new StartRefused(
						"The embedded engine cannot listen: port %d on 127.0.0.1 is taken.".formatted(port),
						"Stop what listens there, or choose another port with clipvault.embedded.port.", failure);
			}
			throw new StartRefused("The embedded engine cannot start: %s.".formatted(failure),
					"Use a real store with clipvault.storage.engine=s3, or report this.", failure);
		}
	}

	private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return true;
			}
		}
		return false;
	}

}
