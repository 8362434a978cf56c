package io.clipvault.report;

import io.clipvault.objects.OnEmbeddedEngine;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnEmbeddedEngine
class EmbeddedReportTests extends ReportContractTests {

	EmbeddedReportTests(@LocalServerPort int port, @Autowired S3Client s3) {
		super(port, s3, false);
	}

}
