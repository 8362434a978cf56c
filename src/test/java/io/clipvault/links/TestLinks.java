package io.clipvault.links;

import java.time.Clock;

import io.clipvault.storage.TestStores;
import org.mockito.Mockito;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Links for tests that need lifetimes, but no link that opens. */
public final class TestLinks {

	private TestLinks() {
	}

	public static Links of(AwsCredentialsProvider credentials, Clock clock) {
		return new Links(Mockito.mock(), credentials, TestStores.of("clips", ""), clock, Mockito.mock());
	}

}
