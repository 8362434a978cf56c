package io.clipvault.objects.listing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.clipvault.kit.Caller;
import io.clipvault.objects.ObjectsContract;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists and batch deletes, the same on every store. */
abstract class ListingContractTests extends ObjectsContract {

	ListingContractTests(int port, S3Client s3, boolean allFeatures) {
		super(port, s3, allFeatures);
	}

	@Test
	void listFoldsPagesAndStartsAfter() {
		List.of("a", "b/1", "b/2", "c/1", "d", "ü").forEach(this::put);
		String objects = "/buckets/" + this.bucket + "/objects";
		JsonNode folded = this.caller.get(objects + "?delimiter=/").json();
		assertThat(texts(folded.path("objects"), "key")).containsExactly("a", "d", "ü");
		assertThat(folded.path("prefixes")).extracting(JsonNode::asString).containsExactly("b/", "c/");
		assertThat(pages(objects + "?prefix=b/", "objects", "key")).containsExactly("b/1", "b/2");
		assertThat(pages(objects + "?limit=2&start_after=b/2", "objects", "key")).containsExactly("c/1", "d", "ü");
		assertThat(pages(objects + "?limit=2", "objects", "key")).containsExactly("a", "b/1", "b/2", "c/1", "d", "ü");
		assertThat(this.caller.get(objects + "?limit=0").status()).isEqualTo(400);
		assertThat(this.caller.get(objects + "?limit=1001").status()).isEqualTo(400);
		assertThat(this.caller.get(objects + "?cursor=%21").problem()).isEqualTo("invalid-request");
	}

	@Test
	void batchDeleteTellsEachResult() {
		List.of("k0", "k1500", "ü k").forEach(this::put);
		String named = IntStream.range(0, 2100)
			.mapToObj((number) -> "{\"key\": \"k" + number + "\"}")
			.collect(Collectors.joining(",", "", ",{\"key\": \"ü k\"},{\"key\": \"a\\u0001b\"}"));
		Caller.Answer answer = json("DELETE", "/buckets/" + this.bucket + "/objects", "{\"objects\": [" + named + "]}");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("results").size()).isEqualTo(2102);
		assertThat(answer.json().path("deleted").asInt()).isEqualTo(2101);
		JsonNode refused = answer.json().path("results").get(2101);
		assertThat(refused.path("deleted").asBoolean()).isFalse();
		assertThat(refused.path("detail").asString()).contains("U+0001");
		assertThat(listKeys()).isEmpty();
		assertThat(json("POST", "/buckets/" + this.bucket + "/deletions", "{\"objects\": []}").status()).isEqualTo(400);
	}

	@Test
	void versionsAreKeptReadRestoredAndRemoved() {
		String versioning = "/buckets/" + this.bucket + "/versioning";
		if (lacks("versions")) {
			assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("off");
			assertUnsupported(json("PUT", versioning, "{\"status\": \"enabled\"}"), "versioning");
			assertUnsupported(this.caller.get("/buckets/" + this.bucket + "/versions"), "versioning");
			skipWithout("versioning");
			return;
		}
		assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("off");
		assertThat(json("PUT", versioning, "{\"status\": \"enabled\"}").json().path("status").asString())
			.isEqualTo("enabled");
		assertThat(json("PUT", versioning, "{\"status\": \"off\"}").problem()).isEqualTo("invalid-request");
		put("note", "one");
		put("note", "two");
		send("DELETE", object("note"));
		assertThat(this.caller.get(object("note")).status()).isEqualTo(404);

		String versions = "/buckets/" + this.bucket + "/versions";
		List<String> ids = pages(versions + "?prefix=note&limit=2", "versions", "version_id");
		assertThat(ids).hasSize(3).doesNotHaveDuplicates();
		JsonNode newest = this.caller.get(versions).json().path("versions").get(0);
		assertThat(newest.path("delete_marker").asBoolean()).isTrue();
		assertThat(newest.path("latest").asBoolean()).isTrue();
		assertThat(newest.path("version_id").asString()).isEqualTo(ids.getFirst());
		assertThat(this.caller.get(object("note") + "?version_id=" + ids.getLast()).body()).asString().isEqualTo("one");

		Caller.Answer restored = json("POST", versions + "/restore",
				"{\"key\": \"note\", \"version_id\": \"" + ids.getLast() + "\"}");
		assertThat(restored.status()).isEqualTo(201);
		assertThat(this.caller.get(object("note")).body()).asString().isEqualTo("one");
		assertThat(send("DELETE", object("note") + "?version_id=" + ids.getFirst()).status()).isEqualTo(204);
		assertThat(this.caller.get(versions).json().path("versions").size()).isEqualTo(3);
		// Swift fails inside on an id that it did not give.
		assertThat(this.caller.get(object("note") + "?version_id=nonsense").status()).isIn(404, 422, 503);

		json("PUT", versioning, "{\"status\": \"suspended\"}");
		assertThat(this.caller.get(versioning).json().path("status").asString()).isEqualTo("suspended");
		assertThat(send("DELETE", "/buckets/" + this.bucket).json().path("older_versions").asInt()).isEqualTo(2);
	}

}
