package io.clipvault.storage;

import java.net.URI;
import java.util.function.Function;
import java.util.Optional;
import java.util.List;
import java.util.regex.Pattern;

import io.clipvault.embedded.EngineAlone;
import io.clipvault.kit.FaultProxy;
import io.clipvault.kit.FreshFolders;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The engine behind a proxy that answers some requests as other stores do, with the
 * client that the service has for such a store, and without the service.
 */
public final class ProxiedStore implements AutoCloseable {

	public static final String BUCKET = "proxied";

	private final EngineAlone engine = EngineAlone.start(FreshFolders.create("proxied"), BUCKET);

	private final FaultProxy proxy = FaultProxy.before(this.engine.endpoint());

	private final S3Client s3;

	private final Store store;

	public ProxiedStore() {
		StoreConnection connection = new StoreConnection("the test's store", this.proxy.endpoint(), "us-east-1", null,
				null);
		StorageSettings settings = TestStores.settings(BUCKET, "");
		S3ClientBuilder builder = S3Client.builder()
			.region(Region.US_EAST_1)
			.endpointOverride(this.proxy.endpoint())
			.credentialsProvider(credentials())
			.serviceConfiguration((service) -> service.chunkedEncodingEnabled(false));
		new S3ClientConfiguration(settings, connection).customize(builder);
		this.s3 = builder.build();
		this.store = new Store(this.s3, new Downloads(builder), settings, connection);
	}

	public S3Client s3() {
		return this.s3;
	}

	public Store store() {
		return this.store;
	}

	public URI endpoint() {
		return this.proxy.endpoint();
	}

	public AwsCredentialsProvider credentials() {
		return StaticCredentialsProvider
			.create(AwsBasicCredentials.create(this.engine.accessKey(), this.engine.secretKey()));
	}

	/** A client that reaches the engine past the proxy. */
	public S3Client direct() {
		return this.engine.client();
	}

	/** Answers the requests whose line and headers match in the place of the engine. */
	public void answer(String request, FaultProxy.Reply reply) {
		Pattern pattern = Pattern.compile(request, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
		answer((head) -> pattern.matcher(head).find() ? Optional.of(reply) : Optional.empty());
	}

	public void answer(Function<String, Optional<FaultProxy.Reply>> decision) {
		this.proxy.answering(decision);
	}

	/** The lines of the requests since the last call of {@code answer}. */
	public List<String> requests() {
		return this.proxy.met().stream().map(FaultProxy.Met::request).toList();
	}

	@Override
	public void close() {
		this.s3.close();
		this.proxy.close();
		this.engine.close();
	}

}
