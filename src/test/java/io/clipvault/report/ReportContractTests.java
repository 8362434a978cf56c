package io.clipvault.report;

import io.clipvault.objects.ObjectsContract;
import io.clipvault.report.Tally;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The report of a bucket, the same on every store. */
abstract class ReportContractTests extends ObjectsContract {

	ReportContractTests(int port, S3Client s3, boolean allFeatures) {
		super(port, s3, allFeatures);
	}

	@Test
	void reportCountsClassesPrefixesAndCosts() {
		put("one/a", "12345");
		put("one/b", "12345");
		put("two/c", "123");
		put("root", "1");
		String report = "/storage/report?prefixes=2&bucket=" + this.bucket;
		JsonNode figures = await().atMost(PATIENCE)
			.until(() -> this.caller.get(report).json(), (answer) -> answer.path("state").asString().equals("ready"))
			.path("figures");
		assertThat(figures.path("objects").asInt()).isEqualTo(4);
		assertThat(figures.path("bytes").asInt()).isEqualTo(14);
		assertThat(figures.path("by_storage_class").get(0).path("storage_class").asString()).isEqualTo("STANDARD");
		assertThat(texts(figures.path("by_prefix"), "prefix")).containsExactly("one/", "two/", Tally.OTHERS);
		assertThat(figures.path("monthly_cost").isNumber()).isTrue();
		put("later");
		assertThat(this.caller.get(report).json().path("figures").path("objects").asInt()).isEqualTo(4);
		await().atMost(PATIENCE)
			.until(() -> this.caller.get(report + "&refresh=true").json().path("figures").path("objects").asInt() == 5);
		assertThat(this.caller.get("/storage/report?bucket=" + this.bucket + "x").problem())
			.isEqualTo("bucket-not-found");
	}

}
