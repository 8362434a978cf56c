package io.clipvault.objects.listing;

import io.clipvault.objects.OnEmbeddedEngine;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnEmbeddedEngine
class EmbeddedListingTests extends ListingContractTests {

	EmbeddedListingTests(@LocalServerPort int port, @Autowired S3Client s3) {
		super(port, s3, false);
	}

}
