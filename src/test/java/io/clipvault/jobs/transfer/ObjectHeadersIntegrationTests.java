package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the headers of storage class and encryption as the store receives them. */
class ObjectHeadersIntegrationTests {

	private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/clips";

	private final List<Seen> seen = new CopyOnWriteArrayList<>();

	@Test
	void uploadWhenClassAndEncryptionAreSetRequestsThemWholeAndInParts() throws IOException {
		HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		store.createContext("/", this::answer);
		store.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		store.start();
		try (StoreUnderTest service = StoreUnderTest.with(Map.ofEntries(Map.entry("clipvault.storage.engine", "s3"),
				Map.entry("clipvault.storage.endpoint", "http://127.0.0.1:" + store.getAddress().getPort()),
				Map.entry("clipvault.storage.bucket", "clips"), Map.entry("AWS_ACCESS_KEY_ID", "key"),
				Map.entry("AWS_SECRET_ACCESS_KEY", "secret"), Map.entry("clipvault.upload.multipart-threshold", "5MB"),
				Map.entry("clipvault.upload.part-size", "5MB"),
				Map.entry("clipvault.upload.storage-class", "STANDARD_IA"),
				Map.entry("clipvault.upload.encryption", "aws:kms"), Map.entry("clipvault.upload.kms-key", KEY)))) {
			Path root = service.bean(FolderSettings.class).root();
			JobFolder.create(root, "wire", "talk").withFile("talk_clip_1.mp4", new byte[6 << 20]).withMetadata(1);
			service.caller().postJob("wire");
			assertThat(service.caller().ended("wire").path("status").asString()).isEqualTo("completed");
		}
		finally {
			store.stop(0);
		}
		assertThat(this.seen).filteredOn((request) -> request.made("PUT /clips/wire/talk_metadata.json"))
			.singleElement()
			.satisfies(ObjectHeadersIntegrationTests::assertAskedFor);
		assertThat(this.seen).filteredOn((request) -> request.made("POST /clips/wire/talk_clip_1.mp4?uploads"))
			.singleElement()
			.satisfies(ObjectHeadersIntegrationTests::assertAskedFor);
	}

	private static void assertAskedFor(Seen request) {
		assertThat(request.headers().getFirst("x-amz-storage-class")).isEqualTo("STANDARD_IA");
		assertThat(request.headers().getFirst("x-amz-server-side-encryption")).isEqualTo("aws:kms");
		assertThat(request.headers().getFirst("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo(KEY);
		assertThat(request.headers().getFirst("Authorization")).contains("x-amz-storage-class");
	}

	/** Answers as an empty bucket does that accepts every upload. */
	private void answer(HttpExchange exchange) throws IOException {
		String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
		exchange.getRequestBody().readAllBytes();
		this.seen.add(new Seen(line, exchange.getRequestHeaders()));
		byte[] body = switch (exchange.getRequestMethod()) {
			case "GET" -> (line.contains("list-type=2") ? "<ListBucketResult/>" : "<ListMultipartUploadsResult/>")
				.getBytes(StandardCharsets.US_ASCII);
			case "POST" -> (line.contains("uploadId=")
					? "<CompleteMultipartUploadResult><ETag>\"tag\"</ETag></CompleteMultipartUploadResult>"
					: "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>")
				.getBytes(StandardCharsets.US_ASCII);
			default -> new byte[0];
		};
		exchange.getResponseHeaders().add("ETag", "\"tag\"");
		exchange.sendResponseHeaders(200, (body.length == 0) ? -1 : body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	/** A request: its first line and its headers. */
	private record Seen(String line, Headers headers) {

		boolean made(String call) {
			return this.line.startsWith(call);
		}

	}

}
