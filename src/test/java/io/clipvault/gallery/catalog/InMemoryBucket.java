package io.clipvault.gallery.catalog;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket that lists keys in byte order as S3 does, with pages of a given size, and
 * counts calls.
 */
public final class InMemoryBucket implements S3Client {

	private final TreeMap<String, Content> objects = new TreeMap<>((left, right) -> Arrays
		.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));

	private final Clock clock;

	private final int pageSize;

	final AtomicInteger lists = new AtomicInteger();

	final AtomicInteger gets = new AtomicInteger();

	volatile boolean away;

	/** Runs after a page of the whole bucket is made and before the caller gets it. */
	volatile Runnable beforePageIsReturned = () -> {
	};

	private int getsLeft = Integer.MAX_VALUE;

	private volatile String refused = "";

	private volatile String broken = "";

	public InMemoryBucket(Clock clock, int pageSize) {
		this.clock = clock;
		this.pageSize = pageSize;
	}

	public synchronized void put(String key, String text) {
		this.objects.put(key, new Content(text, this.clock.instant()));
	}

	public synchronized void remove(String key) {
		this.objects.remove(key);
	}

	synchronized List<String> keys() {
		return List.copyOf(this.objects.keySet());
	}

	/** Fails all reads after so many more. */
	synchronized void failGetsAfter(int count) {
		this.getsLeft = count;
	}

	/** Refuses to let this object be read. */
	void refuse(String key) {
		this.refused = key;
	}

	/** Fails all reads of this object. */
	void breakOff(String key) {
		this.broken = key;
	}

	void forgetCounts() {
		this.lists.set(0);
		this.gets.set(0);
	}

	@Override
	public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
		this.lists.incrementAndGet();
		ListObjectsV2Response page = page(request);
		if (!request.prefix().endsWith("/")) {
			this.beforePageIsReturned.run();
		}
		return page;
	}

	private synchronized ListObjectsV2Response page(ListObjectsV2Request request) {
		requireHere();
		String after = (request.continuationToken() != null) ? request.continuationToken() : request.startAfter();
		Map<String, Content> rest = (after != null) ? this.objects.tailMap(after, false) : this.objects;
		List<S3Object> found = new ArrayList<>();
		for (Map.Entry<String, Content> entry : rest.entrySet()) {
			if (entry.getKey().startsWith(request.prefix())) {
				if (found.size() == this.pageSize) {
					return ListObjectsV2Response.builder()
						.contents(found)
						.isTruncated(true)
						.nextContinuationToken(found.getLast().key())
						.build();
				}
				Content content = entry.getValue();
				found.add(S3Object.builder()
					.key(entry.getKey())
					.eTag(content.etag())
					.size((long) content.text().length())
					.lastModified(content.at())
					.build());
			}
		}
		return ListObjectsV2Response.builder().contents(found).isTruncated(false).build();
	}

	@Override
	public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
		this.gets.incrementAndGet();
		Content content = content(request.key());
		if (content == null) {
			throw NoSuchKeyException.builder().message("gone").build();
		}
		try {
			return transformer.transform(GetObjectResponse.builder().eTag(content.etag()).build(), AbortableInputStream
				.create(new ByteArrayInputStream(content.text().getBytes(StandardCharsets.UTF_8))));
		}
		catch (Exception failure) {
			throw new IllegalStateException(failure);
		}
	}

	private synchronized @Nullable Content content(String key) {
		requireHere();
		if (this.getsLeft-- <= 0) {
			throw SdkClientException.create("the store went away");
		}
		if (key.equals(this.broken)) {
			throw SdkClientException.create("the store broke off");
		}
		if (key.equals(this.refused)) {
			throw S3Exception.builder().statusCode(403).message("Access Denied").build();
		}
		return this.objects.get(key);
	}

	private void requireHere() {
		if (this.away) {
			throw SdkClientException.create("the store is away");
		}
	}

	@Override
	public String serviceName() {
		return "s3";
	}

	@Override
	public void close() {
		// There is nothing to close.
	}

	private record Content(String text, Instant at) {

		String etag() {
			return '"' + HexFormat.of().toHexDigits(this.text.hashCode()) + '"';
		}

	}

}
