package io.clipvault.abilities;

import java.util.Map;

import io.clipvault.kit.StoreUnderTest;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store is found to be able to do; the table in docs/stores.md is made of this.
 */
abstract class AbilitiesContractTests {

	abstract StoreUnderTest start();

	@Test
	void allAreFoundAndTheQuestionsLeaveNothing() {
		try (StoreUnderTest store = start()) {
			String bucket = store.serviceBucket();
			Map<Ability, ProbeResult> all = store.bean(StoreAbilities.class).all();
			int parts = store.bean(PartLimit.class).find();
			all.forEach((ability, finding) -> System.out.printf("ABILITY %s %s %s%n", ability, finding.answer(),
					finding.why()));
			System.out.printf("ABILITY of %s: at most %d parts%n", store.bean(Store.class).name(), parts);
			assertThat(all.values()).allMatch(ProbeResult::isKnown);
			S3Client s3 = store.s3();
			assertThat(s3.listObjectsV2((list) -> list.bucket(bucket)).contents()).isEmpty();
			if (ProbeResult.YES.equals(all.get(Ability.MULTIPART_LISTING))) {
				assertThat(s3.listMultipartUploads((list) -> list.bucket(bucket)).uploads()).isEmpty();
			}
			if (ProbeResult.YES.equals(all.get(Ability.VERSIONS))) {
				assertThat(s3.listObjectVersions((list) -> list.bucket(bucket)).versions()).isEmpty();
			}
			assertReport(store);
		}
	}

	private static void assertReport(StoreUnderTest store) {
		assertThat(store.caller().get("/actuator/store").json().path("abilities").path("BATCH_DELETE").path("answer"))
			.hasToString("\"YES\"");
	}

}
