package io.clipvault.links;

import java.net.http.HttpRequest;

import io.clipvault.kit.StoreUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.s3.model.CORSRule;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The same tests against the store that -Dclipvault.test.endpoint names. */
@EnabledIfSystemProperty(named = "clipvault.test.endpoint", matches = ".+",
		disabledReason = "no store is named in -Dclipvault.test.endpoint")
class EndpointLinkTests extends LinkContractTests {

	@Override
	StoreUnderTest start() {
		return StoreUnderTest.named(SETTINGS);
	}

	@Test
	void corsWhenOthersHaveRulesKeepsThemAndAddsItsOwn() {
		CORSRule foreign = CORSRule.builder()
			.id("others")
			.allowedOrigins("https://other.example")
			.allowedMethods("GET")
			.build();
		skipWithoutCors(this.caller.get("/links/cors"));
		this.store.s3()
			.putBucketCors((put) -> put.bucket(this.bucket).corsConfiguration((cors) -> cors.corsRules(foreign)));

		JsonNode before = this.caller.get("/links/cors").json();
		assertThat(before.path("complete").asBoolean()).isFalse();
		assertThat(before.path("missing").valueStream().map(JsonNode::asString)).contains(FRONTEND + " may not PUT",
				FRONTEND + " may not POST");

		for (int time = 0; time < 2; time++) {
			assertThat(this.caller.send(this.caller.request("/links/cors").PUT(HttpRequest.BodyPublishers.noBody()))
				.json()
				.path("missing")).isEmpty();
		}
		assertThat(this.store.s3().getBucketCors((get) -> get.bucket(this.bucket)).corsRules()).extracting(CORSRule::id)
			.containsExactlyInAnyOrder("others", "clipvault");
	}

}
