package io.clipvault.objects;

import io.clipvault.kit.ClipvaultTest;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** On the engine inside the process, which is always there. */
@ClipvaultTest
@TestPropertySource(properties = { "clipvault.objects.buckets=*", "clipvault.objects.part-size=5MB",
		"clipvault.objects.copy-threshold=6MB", "clipvault.objects.copy-part-size=5MB" })
class EmbeddedObjectsContractIntegrationTests extends ObjectsContractTests {

	EmbeddedObjectsContractIntegrationTests(@LocalServerPort int port, @Autowired S3Client s3) {
		super(port, s3);
	}

	@Override
	boolean hasAllFeatures() {
		return false;
	}

}
