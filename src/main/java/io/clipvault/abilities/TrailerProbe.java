package io.clipvault.abilities;

import java.net.URI;

import io.clipvault.storage.Store;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

import org.springframework.stereotype.Component;

/** Puts an object as the SDK does by itself: in chunks, with a checksum behind them. */
@Component
class TrailerProbe {

	private final S3Client s3;

	private final Store store;

	TrailerProbe(S3Client s3, Store store) {
		this.s3 = s3;
		this.store = store;
	}

	ProbeResult ask(Scratch scratch) {
		try (S3Client plain = client()) {
			String version = this.store.call(() -> plain.putObject(
					(put) -> put.bucket(scratch.bucket()).key(scratch.key()).checksumAlgorithm(ChecksumAlgorithm.CRC32),
					RequestBody.fromString(Scratch.BODY)))
				.versionId();
			scratch.wrote(scratch.key(), version);
			return ProbeResult.YES;
		}
	}

	/** The service's own client never sends chunks. */
	private S3Client client() {
		S3ServiceClientConfiguration own = this.s3.serviceClientConfiguration();
		URI endpoint = own.endpointOverride().orElse(null);
		S3ClientBuilder builder = S3Client.builder()
			.region(own.region())
			.credentialsProvider(own.credentialsProvider())
			.forcePathStyle(endpoint != null)
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
			.httpClientBuilder(Apache5HttpClient.builder());
		return ((endpoint != null) ? builder.endpointOverride(endpoint) : builder).build();
	}

}
