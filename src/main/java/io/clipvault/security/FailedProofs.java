package io.clipvault.security;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;

import org.springframework.stereotype.Component;

/**
 * Counts the wrong proofs of each address. Beyond the bound they are refused without more
 * ado until a minute has passed without one; a right proof is always accepted.
 */
@Component
class FailedProofs {

	static final int ALLOWED = 10;

	static final Duration PAUSE = Duration.ofMinutes(1);

	/** Bounds the memory; an address that is pushed out begins anew. */
	private static final int ADDRESSES = 10_000;

	/** Who has one IPv6 address usually has the 2^64 beside it. */
	private static final int IPV6_NETWORK_BYTES = 8;

	private static final int LONGEST_NAME = 64;

	private final Cache<String, Integer> failures;

	FailedProofs() {
		this(Ticker.systemTicker());
	}

	FailedProofs(Ticker ticker) {
		this.failures = Caffeine.newBuilder()
			.maximumSize(ADDRESSES)
			.expireAfterWrite(PAUSE)
			.ticker(ticker)
			.executor(Runnable::run)
			.build();
	}

	/** Refuses an address with too many wrong proofs. */
	void count(String address) {
		if (this.failures.asMap().merge(network(address), 1, Integer::sum) > ALLOWED) {
			throw new Problem(ProblemType.TOO_MANY_ATTEMPTS,
					"More than %d wrong keys came from this address: wait for the time in Retry-After, then use the right one."
						.formatted(ALLOWED),
					PAUSE, null);
		}
	}

	private static String network(String address) {
		byte[] bytes;
		try {
			bytes = InetAddress.ofLiteral(address).getAddress();
		}
		catch (IllegalArgumentException notAnAddress) {
			// A proxy's header may name the caller in any words.
			return address.substring(0, Math.min(address.length(), LONGEST_NAME));
		}
		return HexFormat.of().formatHex((bytes.length > 4) ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
	}

}
