package io.clipvault.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.SdkResponses;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Reads one page of a listing: walks the bucket's folders in the byte order of the keys
 * and stops when the page is full.
 */
final class ListingPage {

	private static final int LARGEST = 1000;

	/** Names that S3Proxy keeps for itself beside the objects. */
	private static final Set<String> RESERVED = Set.of(".s3proxy-slash", ".s3proxy-versions");

	private static final String RESERVED_PREFIX = ".mpus-";

	private static final String STORAGE_CLASS = "user.storage-tier";

	private static final int MD5_LENGTH = 16;

	/**
	 * The longest value read here, the ETag of a multipart upload, has at most 40
	 * characters.
	 */
	private static final int LONGEST_VALUE = 64;

	private final Path bucket;

	private final String prefix;

	private final boolean folded;

	private final @Nullable String after;

	private final int limit;

	private final List<S3Object> objects = new ArrayList<>();

	private final List<CommonPrefix> prefixes = new ArrayList<>();

	private @Nullable String last;

	private boolean truncated;

	ListingPage(Path bucket, ListObjectsV2Request request) {
		this.bucket = bucket;
		this.prefix = Objects.requireNonNullElse(request.prefix(), "");
		this.folded = "/".equals(request.delimiter());
		this.after = (request.continuationToken() != null) ? decoded(request.continuationToken())
				: request.startAfter();
		this.limit = (request.maxKeys() != null) ? request.maxKeys() : LARGEST;
	}

	ListObjectsV2Response read() {
		Path folder = folderOfPrefix();
		if (folder != null && this.limit > 0) {
			try {
				walk(folder, this.prefix.substring(0, this.prefix.lastIndexOf('/') + 1));
			}
			catch (IOException failure) {
				throw new UncheckedIOException(failure);
			}
		}
		return SdkResponses.objectsPage(this.objects, this.prefixes, this.truncated ? encoded(this.last) : null);
	}

	/** Base64, because the token travels in XML, which cannot carry every key. */
	private static String encoded(@Nullable String key) {
		return Base64.getUrlEncoder().encodeToString(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
	}

	private static String decoded(String token) {
		try {
			return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException strange) {
			throw S3Exceptions.invalidArgument("The continuation token was not made by this listing");
		}
	}

	/**
	 * Resolves the complete folder names of the prefix without reading the folders above;
	 * {@code null} if there is no such folder.
	 */
	private @Nullable Path folderOfPrefix() {
		Path folder = this.bucket;
		int start = 0;
		for (int slash = this.prefix.indexOf('/'); slash >= 0; slash = this.prefix.indexOf('/', start)) {
			String name = this.prefix.substring(start, slash);
			if (name.isEmpty() || name.equals(".") || name.equals("..")) {
				return null;
			}
			try {
				folder = folder.resolve(name);
			}
			catch (InvalidPathException invalid) {
				return null;
			}
			if (isReserved(folder)) {
				return null;
			}
			start = slash + 1;
		}
		return Files.isDirectory(folder) ? folder : null;
	}

	private void walk(Path folder, String at) throws IOException {
		if (!at.isEmpty() && at.startsWith(this.prefix)) {
			offerObject(folder, at);
		}
		PriorityQueue<Entry> entries = entries(folder, at);
		for (Entry entry = entries.poll(); entry != null && !this.truncated; entry = entries.poll()) {
			if (entry.folder()) {
				offerFolder(entry);
			}
			else if (Files.isDirectory(entry.path())) {
				// Its keys start with "name/", which sorts after "name-2": queue it
				// again.
				entries.add(new Entry(entry.path(), entry.key() + "/", true));
			}
			else {
				offerObject(entry.path(), entry.key());
			}
		}
	}

	private void offerFolder(Entry folder) throws IOException {
		if (!this.folded) {
			walk(folder.path(), folder.key());
		}
		else if (isAfter(folder.key()) && holdsObject(folder.path()) && takePlace(folder.key())) {
			this.prefixes.add(SdkResponses.commonPrefix(folder.key()));
		}
	}

	/**
	 * Sorts the folder's entries that may be on this page. Their attributes are only read
	 * when they are taken from the queue.
	 */
	private PriorityQueue<Entry> entries(Path folder, String at) throws IOException {
		List<Entry> entries = new ArrayList<>();
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
			for (Path path : paths) {
				String key = at + path.getFileName();
				String folderKey = key + "/";
				boolean passed = this.after != null && !isAfter(folderKey) && !this.after.startsWith(folderKey);
				if (key.startsWith(this.prefix) && !passed && !isReserved(path)) {
					entries.add(new Entry(path, key, false));
				}
			}
		}
		catch (NoSuchFileException | NotDirectoryException vanished) {
			return new PriorityQueue<>();
		}
		catch (DirectoryIteratorException failure) {
			throw failure.getCause();
		}
		return new PriorityQueue<>(entries);
	}

	private void offerObject(Path path, String key) throws IOException {
		if (!isAfter(key) || !key.startsWith(this.prefix)) {
			return;
		}
		try {
			UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
			List<String> names = view.list();
			if (!names.contains(OrderedBlobStore.FINISHED)) {
				return;
			}
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			byte[] md5 = value(view, OrderedBlobStore.FINISHED);
			StorageClass storageClass = names.contains(STORAGE_CLASS)
					? StorageClass.fromValue(new String(value(view, STORAGE_CLASS), StandardCharsets.UTF_8))
					: StorageClass.STANDARD;
			if (takePlace(key)) {
				this.objects.add(SdkResponses.objectEntry(key,
						(md5.length == MD5_LENGTH) ? HexFormat.of().formatHex(md5)
								: new String(md5, StandardCharsets.US_ASCII),
						attributes.lastModifiedTime().toInstant(), attributes.isDirectory() ? 0 : attributes.size(),
						storageClass));
			}
		}
		catch (IOException failure) {
			if (Files.exists(path)) {
				throw failure;
			}
			// Deleted while the page was read: leave it out.
		}
	}

	private static byte[] value(UserDefinedFileAttributeView view, String name) throws IOException {
		ByteBuffer value = ByteBuffer.allocate(LONGEST_VALUE);
		view.read(name, value);
		return Arrays.copyOf(value.array(), value.position());
	}

	private boolean takePlace(String key) {
		if (this.objects.size() + this.prefixes.size() == this.limit) {
			this.truncated = true;
			return false;
		}
		this.last = key;
		return true;
	}

	private static boolean holdsObject(Path folder) throws IOException {
		if (OrderedBlobStore.isFinished(folder)) {
			return true;
		}
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
			for (Path path : paths) {
				if (!isReserved(path)
						&& (Files.isDirectory(path) ? holdsObject(path) : OrderedBlobStore.isFinished(path))) {
					return true;
				}
			}
		}
		catch (NoSuchFileException vanished) {
			return false;
		}
		catch (DirectoryIteratorException failure) {
			throw failure.getCause();
		}
		return false;
	}

	private static boolean isReserved(Path path) {
		String name = path.getFileName().toString();
		return RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX);
	}

	private boolean isAfter(String key) {
		return this.after == null || compare(key, this.after) > 0;
	}

	/**
	 * Compares by the bytes of UTF-8; Java's own order differs for surrogate pairs.
	 */
	private static int compare(String left, String right) {
		int length = Math.min(left.length(), right.length());
		for (int place = 0; place < length; place++) {
			char one = left.charAt(place);
			char other = right.charAt(place);
			if (one != other) {
				return (Character.isSurrogate(one) == Character.isSurrogate(other)) ? one - other
						: Character.isSurrogate(one) ? 1 : -1;
			}
		}
		return left.length() - right.length();
	}

	/** A file with its key, or a folder with the prefix of its keys. */
	private record Entry(Path path, String key, boolean folder) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			return compare(this.key, other.key);
		}

	}

}
