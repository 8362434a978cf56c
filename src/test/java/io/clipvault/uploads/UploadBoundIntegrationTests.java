package io.clipvault.uploads;

import io.clipvault.kit.Caller;
import io.clipvault.kit.ClipvaultTest;
import io.clipvault.kit.Form;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The limit of forms on the embedded engine, which is lower than that of files. */
@ClipvaultTest
class UploadBoundIntegrationTests {

	private final Caller caller;

	UploadBoundIntegrationTests(@LocalServerPort int port) {
		this.caller = new Caller(port);
	}

	@Test
	void formPromisesNoMoreThanTheEngineTakes() {
		JsonNode usual = this.caller.post("/uploads", "{\"file_name\": \"a.mp4\"}").json();
		JsonNode asked = this.caller.post("/uploads", "{\"file_name\": \"a.mp4\", \"max_bytes\": 5368709120}").json();
		assertThat(usual.path("max_bytes").asInt()).isEqualTo(127 << 20);
		assertThat(asked.path("max_bytes").asInt()).isEqualTo(127 << 20);

		assertThat(Form.of(usual).post(this.caller, new byte[127 << 20]).status()).isEqualTo(201);
		assertThat(Form.of(asked).post(this.caller, new byte[(127 << 20) + 1]).status()).isEqualTo(400);
	}

}
