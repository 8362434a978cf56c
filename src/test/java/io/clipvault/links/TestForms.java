package io.clipvault.links;

import java.net.URI;
import java.time.Clock;

import io.clipvault.storage.ProxiedStore;
import org.mockito.Mockito;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Forms for tests that have their own store. */
public final class TestForms {

	private TestForms() {
	}

	public static Forms of(ProxiedStore proxied) {
		S3Presigner presigner = S3Presigner.builder()
			.region(Region.US_EAST_1)
			.endpointOverride(URI.create("http://public.example"))
			.credentialsProvider(proxied.credentials())
			.serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
			.build();
		Clock clock = Clock.systemUTC();
		return new Forms(
				new Links(presigner, proxied.credentials(), proxied.store(), clock, new LinkSettings(null, null)),
				proxied.store(), proxied.credentials(), clock);
	}

	/** Forms for tests that need none. */
	public static Forms none() {
		return Mockito.mock();
	}

}
