package io.clipvault.security;

import java.util.concurrent.atomic.AtomicLong;

import io.clipvault.problems.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FailedProofsTests {

	private final AtomicLong nanos = new AtomicLong();

	private final FailedProofs failures = new FailedProofs(this.nanos::get);

	private void fail(String address, int times) {
		for (int count = 0; count < times; count++) {
			this.failures.count(address);
		}
	}

	@Test
	void addressBeyondTheBoundIsRefusedUntilItWasQuietForAMinute() {
		fail("192.0.2.1", FailedProofs.ALLOWED);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.failures.count("192.0.2.1"))
			.withMessageContaining("10 wrong keys");
		this.nanos.addAndGet(FailedProofs.PAUSE.toNanos() + 1);
		assertThatCode(() -> this.failures.count("192.0.2.1")).doesNotThrowAnyException();
	}

	@Test
	void otherAddressIsNotConcerned() {
		fail("192.0.2.1", FailedProofs.ALLOWED);
		assertThatCode(() -> this.failures.count("192.0.2.2")).doesNotThrowAnyException();
	}

	@Test
	void addressesOfOneNetworkCountTogetherOnIpv6() {
		fail("2001:db8::1", FailedProofs.ALLOWED);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.failures.count("2001:db8::2"));
		assertThatCode(() -> this.failures.count("2001:db8:0:1::2")).doesNotThrowAnyException();
	}

	@Test
	void addressInWordsIsCountedAsItIs() {
		fail("unknown", FailedProofs.ALLOWED);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.failures.count("unknown"));
	}

}
