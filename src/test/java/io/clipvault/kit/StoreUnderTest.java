package io.clipvault.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.clipvault.ClipvaultApplication;
import io.clipvault.storage.Store;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A store, with the clients that the service makes for it. */
public final class StoreUnderTest implements AutoCloseable {

	private final ConfigurableApplicationContext service;

	private final List<String> buckets = new ArrayList<>();

	private StoreUnderTest(Map<String, String> settings) {
		this.service = new SpringApplicationBuilder(ClipvaultApplication.class).initializers(new FreshFolders(settings))
			.run();
	}

	public static StoreUnderTest embedded() {
		return with(Map.of());
	}

	/**
	 * Starts a service with the test's settings, on the embedded engine unless they
	 * select another store.
	 */
	public static StoreUnderTest with(Map<String, String> settings) {
		return new StoreUnderTest(settings);
	}

	/**
	 * Starts a service with the test's settings on the store that
	 * -Dclipvault.test.endpoint names.
	 */
	public static StoreUnderTest named(Map<String, String> settings) {
		Map<String, String> all = new HashMap<>(settings);
		all.put("clipvault.storage.engine", "s3");
		all.put("clipvault.storage.endpoint", System.getProperty("clipvault.test.endpoint"));
		all.put("AWS_ACCESS_KEY_ID", System.getProperty("clipvault.test.access-key"));
		all.put("AWS_SECRET_ACCESS_KEY", System.getProperty("clipvault.test.secret-key"));
		return new StoreUnderTest(all);
	}

	public static StoreUnderTest at(String endpoint, String accessKey, String secretKey) {
		return new StoreUnderTest(Map.of("clipvault.storage.engine", "s3", "clipvault.storage.endpoint", endpoint,
				"AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", secretKey));
	}

	public S3Client s3() {
		return this.service.getBean(S3Client.class);
	}

	public S3Presigner presigner() {
		return this.service.getBean(S3Presigner.class);
	}

	/** A caller of the service. */
	public Caller caller() {
		return new Caller(this.service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	public <T> T bean(Class<T> type) {
		return this.service.getBean(type);
	}

	/** Creates the service's bucket if it does not exist yet. */
	public String serviceBucket() {
		String bucket = this.service.getBean(Store.class).bucket();
		if (s3().listBuckets().buckets().stream().noneMatch((known) -> known.name().equals(bucket))) {
			s3().createBucket((create) -> create.bucket(bucket));
			this.buckets.add(bucket);
		}
		return bucket;
	}

	/** Creates a bucket for this test; it is deleted when the store is closed. */
	public String newBucket() {
		String bucket = "clipvault-test-" + UUID.randomUUID();
		s3().createBucket((create) -> create.bucket(bucket));
		this.buckets.add(bucket);
		return bucket;
	}

	@Override
	public void close() {
		this.buckets.forEach(this::remove);
		this.service.close();
	}

	private void remove(String bucket) {
		s3().listObjectsV2Paginator((list) -> list.bucket(bucket)).forEach((page) -> {
			List<ObjectIdentifier> keys = page.contents()
				.stream()
				.map((object) -> ObjectIdentifier.builder().key(object.key()).build())
				.toList();
			if (!keys.isEmpty()) {
				s3().deleteObjects(
						(delete) -> delete.bucket(bucket).delete(Delete.builder().objects(keys).quiet(true).build()));
			}
		});
		s3().deleteBucket((delete) -> delete.bucket(bucket));
	}

}
