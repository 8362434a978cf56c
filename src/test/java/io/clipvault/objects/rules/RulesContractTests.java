package io.clipvault.objects.rules;

import java.util.stream.StreamSupport;

import io.clipvault.objects.ObjectsContract;
import io.clipvault.objects.rules.BucketRules;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Lifecycle and CORS rules, the same on every store. */
abstract class RulesContractTests extends ObjectsContract {

	RulesContractTests(int port, S3Client s3, boolean allFeatures) {
		super(port, s3, allFeatures);
	}

	@Test
	void lifecycleRulesAreSetReadRemovedAndPreset() {
		String lifecycle = "/buckets/" + this.bucket + "/lifecycle";
		String rule = """
				{"rules": [{"id": "drafts", "filter": {"prefix": "drafts/"}, "expiration": {"days": 30},
				 "older_versions": {"expire_after_days": 3}, "abort_multipart_after_days": 2,
				 "transitions": [{"days": 10, "storage_class": "GLACIER"}]}]}""";
		if (lacks("lifecycle")) {
			assertUnsupported(this.caller.get(lifecycle), "lifecycle rules");
			assertUnsupported(json("PUT", lifecycle, rule), "lifecycle rules");
			assertUnsupported(json("POST", lifecycle + "/preset", "{}"), "lifecycle rules");
			assertUnsupported(send("DELETE", lifecycle), "lifecycle rules");
			assertThat(this.caller.get("/buckets/" + this.bucket).status()).as("the bucket stays").isEqualTo(200);
			skipWithout("lifecycle rules");
			return;
		}
		assertThat(this.caller.get(lifecycle).json().path("rules")).isEmpty();
		JsonNode set = json("PUT", lifecycle, rule).json().path("rules").get(0);
		assertThat(set.path("filter").path("prefix").asString()).isEqualTo("drafts/");
		assertThat(set.path("expiration").path("days").asInt()).isEqualTo(30);
		assertThat(set.path("older_versions").path("expire_after_days").asInt()).isEqualTo(3);
		assertThat(set.path("abort_multipart_after_days").asInt()).isEqualTo(2);
		assertThat(set.path("transitions").get(0).path("storage_class").asString()).isEqualTo("GLACIER");

		json("POST", lifecycle + "/preset", "{\"archive_after_days\": 45}");
		JsonNode rules = json("POST", lifecycle + "/preset", "{\"archive_after_days\": 60}").json().path("rules");
		assertThat(texts(rules, "id")).containsExactlyInAnyOrder("drafts", BucketRules.PRESET_CLIPS,
				BucketRules.PRESET_UPLOADS);
		JsonNode clips = StreamSupport.stream(rules.spliterator(), false)
			.filter((entry) -> entry.path("id").asString().equals(BucketRules.PRESET_CLIPS))
			.findFirst()
			.orElseThrow();
		assertThat(clips.path("transitions"))
			.extracting((move) -> move.path("days").asInt() + " " + move.path("storage_class").asString())
			.containsExactlyInAnyOrder("0 INTELLIGENT_TIERING", "60 GLACIER_IR");
		assertThat(send("DELETE", lifecycle).status()).isEqualTo(204);
		assertThat(this.caller.get(lifecycle).json().path("rules")).isEmpty();
		assertThat(json("PUT", lifecycle, "{\"rules\": []}").problem()).isEqualTo("invalid-request");
	}

	@Test
	void corsRulesAreSetReadAndRemoved() {
		String cors = "/buckets/" + this.bucket + "/cors";
		String rules = """
				{"rules": [{"allowed_origins": ["https://clips.example.org"], "allowed_methods": ["GET", "PUT"],
				 "allowed_headers": ["*"], "expose_headers": ["ETag"], "max_age_seconds": 300}]}""";
		if (lacks("cors")) {
			assertUnsupported(this.caller.get(cors), "CORS rules");
			assertUnsupported(json("PUT", cors, rules), "CORS rules");
			assertUnsupported(send("DELETE", cors), "CORS rules");
			assertThat(this.caller.get("/buckets/" + this.bucket).status()).as("the bucket stays").isEqualTo(200);
			skipWithout("CORS rules");
			return;
		}
		assertThat(this.caller.get(cors).json().path("rules")).isEmpty();
		JsonNode rule = json("PUT", cors, rules).json().path("rules").get(0);
		assertThat(rule.path("allowed_origins").get(0).asString()).isEqualTo("https://clips.example.org");
		assertThat(rule.path("allowed_methods").size()).isEqualTo(2);
		assertThat(rule.path("max_age_seconds").asInt()).isEqualTo(300);
		assertThat(send("DELETE", cors).status()).isEqualTo(204);
		assertThat(this.caller.get(cors).json().path("rules")).isEmpty();
	}

}
