package io.clipvault.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The embedded engine without the service: a store that outlives service restarts. */
public final class EngineAlone implements AutoCloseable {

	private final EmbeddedEngine engine;

	private EngineAlone(EmbeddedEngine engine) {
		this.engine = engine;
	}

	public static EngineAlone start(Path directory, String bucket) {
		return new EngineAlone(new EmbeddedEngine(new EmbeddedSettings(directory, 0), bucket, List.of()));
	}

	public URI endpoint() {
		return this.engine.endpoint();
	}

	public String accessKey() {
		return this.engine.keys().accessKey();
	}

	public String secretKey() {
		return this.engine.keys().secretKey();
	}

	/** A client for the test. */
	public S3Client client() {
		return S3Client.builder()
			.endpointOverride(endpoint())
			.region(Region.US_EAST_1)
			.forcePathStyle(true)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())))
			.build();
	}

	@Override
	public void close() {
		try {
			this.engine.destroy();
		}
		catch (Exception failure) {
			throw new IllegalStateException(failure);
		}
	}

	/**
	 * Runs until standard input ends, which happens when the parent process dies.
	 */
	public static void main(String[] arguments) throws IOException {
		try (EngineAlone alone = start(Path.of(arguments[0]), arguments[1])) {
			System.out.println(alone.endpoint() + " " + alone.accessKey() + " " + alone.secretKey());
			while (System.in.read() >= 0) {
				System.out.flush();
			}
		}
	}

}
