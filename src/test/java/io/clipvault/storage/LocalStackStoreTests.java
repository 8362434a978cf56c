package io.clipvault.storage;

import io.clipvault.kit.StoreUnderTest;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * The contract against LocalStack; skipped where there is no Docker engine.
 */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackStoreTests extends StoreContractTests {

	/** The last version that starts without an account token. */
	@Container
	private static final LocalStackContainer LOCALSTACK = new LocalStackContainer("localstack/localstack:4.14.0")
		.withServices("s3");

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.at(LOCALSTACK.getEndpoint().toString(), LOCALSTACK.getAccessKey(),
				LOCALSTACK.getSecretKey());
	}

}
