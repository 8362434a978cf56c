package io.clipvault.objects.buckets;

import java.util.List;

import io.clipvault.kit.Caller;
import io.clipvault.objects.ObjectsContract;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls on whole buckets, the same on every store. */
abstract class BucketsContractTests extends ObjectsContract {

	BucketsContractTests(int port, S3Client s3, boolean allFeatures) {
		super(port, s3, allFeatures);
	}

	@Test
	void createWhenBucketIsThereIsRefused() {
		Caller.Answer again = this.caller.post("/buckets", "{\"name\": \"" + this.bucket + "\"}");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.problem()).isEqualTo("bucket-exists");
		assertThat(again.detail()).contains(this.bucket);
	}

	@Test
	void listShowsBucketsPageByPage() {
		String second = newBucket();
		List<String> names = pages("/buckets?limit=1", "buckets", "name");
		assertThat(names).contains(this.bucket, second).doesNotHaveDuplicates().isSorted();
	}

	@Test
	void deleteWhenNotEmptyTellsTheCountAndWhenEmptyRemoves() {
		put("a");
		put("b/c");
		Caller.Answer refused = send("DELETE", "/buckets/" + this.bucket);
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("bucket-not-empty");
		assertThat(refused.json().path("objects").asInt()).isEqualTo(2);
		assertThat(refused.detail()).contains("2 objects").contains("purge=true");
		assertThat(send("DELETE", object("a")).status()).isEqualTo(204);
		assertThat(send("DELETE", object("b/c")).status()).isEqualTo(204);
		assertThat(send("DELETE", "/buckets/" + this.bucket).status()).isEqualTo(204);
		Caller.Answer gone = this.caller.get("/buckets/" + this.bucket);
		assertThat(gone.status()).isEqualTo(404);
		assertThat(gone.problem()).isEqualTo("bucket-not-found");
		assertThat(send("DELETE", "/buckets/" + this.bucket).problem()).isEqualTo("bucket-not-found");
		assertThat(send("DELETE", "/buckets/" + this.bucket + "?purge=true").problem()).isEqualTo("bucket-not-found");
		assertThat(this.caller.get("/buckets/" + this.bucket + "/purge").problem()).isEqualTo("purge-not-found");
	}

	@Test
	void purgeRemovesVersionsAndUnfinishedUploads() {
		boolean versioned = !lacks("versions");
		if (versioned) {
			json("PUT", "/buckets/" + this.bucket + "/versioning", "{\"status\": \"enabled\"}");
		}
		put("twice");
		put("twice");
		put("gone");
		send("DELETE", object("gone"));
		this.s3.createMultipartUpload((upload) -> upload.bucket(this.bucket).key("begun"));
		JsonNode purge = purge(this.bucket);
		assertThat(purge.path("state").asString()).isEqualTo("completed");
		assertThat(purge.path("removed").asInt()).isEqualTo(versioned ? 5 : 2);
		assertThat(this.caller.get("/buckets/" + this.bucket).status()).isEqualTo(404);
	}

}
