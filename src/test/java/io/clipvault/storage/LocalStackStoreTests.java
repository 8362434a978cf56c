package io.clipvault.storage;

import io.clipvault.kit.StoreUnderTest;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/**
 * The contract against LocalStack, where there is a Docker engine; elsewhere it is
 * reported as skipped.
 */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackStoreTests extends StoreContractTests {

	/** The last tag that starts without a token. */
	@Container
	private static final LocalStackContainer LOCALSTACK = new LocalStackContainer("localstack/localstack:4.14.0")
		.withServices("s3");

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.at(LOCALSTACK.getEndpoint().toString(), LOCALSTACK.getAccessKey(),
				LOCALSTACK.getSecretKey());
	}

}
