package io.clipvault.abilities;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.kit.FaultProxy;
import io.clipvault.storage.ProxiedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PartLimitTests {

	private static final Pattern NUMBER = Pattern.compile("partNumber=(\\d+)");

	private final ProxiedStore proxied = new ProxiedStore();

	@AfterEach
	void close() {
		this.proxied.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 1000, 9999, 10_000 })
	void forPartsWhenTheStoreTakesSoManyFindsItOnceAndLeavesNothing(int limit) {
		takeOnly(limit);
		PartLimit found = TestAbilities.limit(this.proxied, null);
		assertThat(found.forParts(11)).isEqualTo(limit);
		int asked = this.proxied.requests().size();
		assertThat(found.forParts(10_000)).isEqualTo(limit);
		assertThat(this.proxied.requests()).hasSize(asked);
		try (S3Client s3 = this.proxied.direct()) {
			assertThat(s3.listMultipartUploads((list) -> list.bucket(ProxiedStore.BUCKET)).uploads()).isEmpty();
		}
	}

	@Test
	void forPartsWhenTheyAreFewOrTheLimitIsSetDoesNotAsk() {
		takeOnly(1000);
		assertThat(TestAbilities.limit(this.proxied, null).forParts(10)).isEqualTo(PartLimit.MOST);
		assertThat(TestAbilities.limit(this.proxied, 500).forParts(10_000)).isEqualTo(500);
		assertThat(this.proxied.requests()).isEmpty();
	}

	@Test
	void forPartsWhenTheStoreIsAwayIsThatOfS3() {
		this.proxied.answer("^", FaultProxy.Reply.error(503, "SlowDown", "Later."));
		assertThat(TestAbilities.limit(this.proxied, null).forParts(11)).isEqualTo(PartLimit.MOST);
	}

	@Test
	void settingWhenItIsOutOfBoundsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PartSettings(0));
		assertThatIllegalArgumentException().isThrownBy(() -> new PartSettings(10_001));
	}

	private void takeOnly(int limit) {
		this.proxied.answer((head) -> {
			Matcher number = NUMBER.matcher(head);
			return (number.find() && Integer.parseInt(number.group(1)) > limit)
					? Optional.of(FaultProxy.Reply.error(400, "InvalidArgument", "Part number too high."))
					: Optional.empty();
		});
	}

}
