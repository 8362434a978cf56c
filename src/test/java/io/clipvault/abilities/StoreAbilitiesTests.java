package io.clipvault.abilities;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.clipvault.abilities.ProbeResult.Answer;
import io.clipvault.kit.FaultProxy;
import io.clipvault.kit.MutableClock;
import io.clipvault.storage.ProxiedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

class StoreAbilitiesTests {

	private final ProxiedStore proxied = new ProxiedStore();

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-20T12:00:00Z"));

	private final StoreAbilities abilities = TestAbilities.of(this.proxied, this.clock);

	@AfterEach
	void close() {
		this.proxied.close();
	}

	@Test
	void allWhenTheStoreIsTheEngineIsWhatItCanAndLeavesNothing() {
		Map<Ability, ProbeResult> all = this.abilities.all();
		all.forEach((ability, finding) -> assertThat(finding.answer()).as("%s: %s", ability, finding.why())
			.isEqualTo(switch (ability) {
				case CORS, LIFECYCLE, VERSIONS -> Answer.NO;
				default -> Answer.YES;
			}));
		try (S3Client s3 = this.proxied.direct()) {
			assertThat(s3.listObjectsV2((list) -> list.bucket(ProxiedStore.BUCKET)).contents()).isEmpty();
			assertThat(s3.listMultipartUploads((list) -> list.bucket(ProxiedStore.BUCKET)).uploads()).isEmpty();
		}
	}

	@Test
	void findWhenItIsKnownDoesNotAskAgain() {
		Map<Ability, ProbeResult> first = this.abilities.all();
		this.proxied.answer("^", FaultProxy.Reply.error(500, "InternalError", "Away."));
		assertThat(this.abilities.all()).isEqualTo(first);
		assertThat(this.proxied.requests()).isEmpty();
	}

	@Test
	void hasWhenTheStoreIsAwayIsAssumedAndAskedAgainAMinuteLater() {
		this.proxied.answer("^", FaultProxy.Reply.error(503, "SlowDown", "Later."));
		assertThat(this.abilities.has(Ability.MULTIPART_LISTING)).isTrue();
		int asked = this.proxied.requests().size();
		assertThat(this.abilities.has(Ability.MULTIPART_LISTING)).isTrue();
		assertThat(this.proxied.requests()).hasSize(asked);
		this.proxied.answer("^GET [^ ]*[?&]uploads", FaultProxy.Reply.error(501, "NotImplemented", "Never."));
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.abilities.has(Ability.MULTIPART_LISTING)).isFalse();
		assertThat(this.abilities.find(Ability.MULTIPART_LISTING).why()).isEqualTo("Never");
	}

	@Test
	void callWhenTheStoreCannotDoesWithoutAndDoesNotTryAgain() {
		this.proxied.answer("^GET [^ ]*[?&]uploads", FaultProxy.Reply.error(501, "NotImplemented", "Never."));
		for (int time = 1; time <= 2; time++) {
			assertThat(this.abilities.<Integer>call(Ability.MULTIPART_LISTING,
					() -> this.proxied.store()
						.call(() -> this.proxied.s3()
							.listMultipartUploads((list) -> list.bucket(ProxiedStore.BUCKET))
							.uploads()
							.size()),
					() -> -1))
				.isEqualTo(-1);
			assertThat(this.proxied.requests()).hasSize(1);
		}
	}

	/** Each store's behaviour as it was seen, and what has to be found. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			FORM_POSTS          | ^POST [^ ]* .*content-type: multipart/form-data  | 400 | BadRequest
			FORM_POSTS          | ^POST [^ ]* .*content-type: multipart/form-data  | 405 | MethodNotAllowed
			CONDITIONAL_COPIES  | ^PUT .*x-amz-copy-source-if-match                | 412 | PreconditionFailed
			CONDITIONAL_WRITES  | ^PUT .*if-none-match                             | 501 | NotImplemented
			BATCH_DELETE        | ^POST [^ ]*[?&]delete                            | 501 | NotImplemented
			CHECKSUM_TRAILERS   | ^PUT .*x-amz-trailer                             | 400 | XAmzContentSHA256Mismatch
			VERSIONS            | ^GET [^ ]*[?&]versions                           | 405 | MethodNotAllowed
			""")
	void findWhenTheStoreRefusesIsNoAndLeavesNothing(Ability ability, String request, int status, String code) {
		this.proxied.answer(request, FaultProxy.Reply.error(status, code, "No."));
		assertThat(this.abilities.find(ability).answer()).isEqualTo(Answer.NO);
		try (S3Client s3 = this.proxied.direct()) {
			assertThat(s3.listObjectsV2((list) -> list.bucket(ProxiedStore.BUCKET)).contents()).isEmpty();
			assertThat(s3.listMultipartUploads((list) -> list.bucket(ProxiedStore.BUCKET)).uploads()).isEmpty();
		}
	}

	@Test
	void findWhenTheKeyMayNotAskIsUnknownAndAssumed() {
		this.proxied.answer("^PUT ", FaultProxy.Reply.error(403, "AccessDenied", "No."));
		assertThat(this.abilities.find(Ability.CONDITIONAL_WRITES).answer()).isEqualTo(Answer.UNKNOWN);
		assertThat(this.abilities.has(Ability.CONDITIONAL_WRITES)).isTrue();
	}

}
