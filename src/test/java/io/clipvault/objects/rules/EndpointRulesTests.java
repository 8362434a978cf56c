package io.clipvault.objects.rules;

import io.clipvault.objects.OnGivenEndpoint;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnGivenEndpoint
class EndpointRulesTests extends RulesContractTests {

	EndpointRulesTests(@LocalServerPort int port, @Autowired S3Client s3) {
		super(port, s3, true);
	}

}
