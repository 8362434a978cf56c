package io.clipvault.uploads;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads in a bucket where all keys of the service have a prefix. */
@ClipvaultTest
@TestPropertySource(properties = { "clipvault.storage.prefix=prod/", "clipvault.direct-uploads.directory=inbox" })
class UploadPrefixIntegrationTests {

	private final Caller caller;

	UploadPrefixIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	private JsonNode form(String directory) {
		return this.caller.post("/uploads", "{\"file_name\": \"a.mp4\", \"directory\": \"%s\"}".formatted(directory))
			.json();
	}

	@ParameterizedTest
	@CsvSource({ "talk, prod/inbox/talk/", "inbox/talk, prod/inbox/talk/", "prod/inbox/talk, prod/inbox/talk/",
			"prod/inbox, prod/inbox/", "prod, prod/inbox/prod/", "inboxes, prod/inbox/inboxes/",
			"prod/talk, prod/inbox/prod/talk/" })
	void directoryIsAlwaysInsideThePlaceOfUploads(String directory, String folder) {
		assertThat(form(directory).path("key").asString()).matches(folder + "a-[a-z0-9]{8}\\.mp4");
	}

	@Test
	void folderWhenItIsCompletedBecomesAJobBehindThePrefix() {
		assertThat(Form.of(form("talk")).post(this.caller, new byte[10]).status()).isEqualTo(201);

		JsonNode job = this.caller.post("/uploads/prod/inbox/talk/complete", "{}").json();
		assertThat(job.path("files").get(0).path("key").asString()).isEqualTo("prod/talk/a.mp4");
	}

}
