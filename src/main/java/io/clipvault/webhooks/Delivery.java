package io.clipvault.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A delivery that is being attempted.
 *
 * @param attempts the attempts so far, including this one
 */
record Delivery(String id, WebhookTarget target, String body, int attempts) {

	/** With the delays below, five to six hours. */
	static final int MOST_ATTEMPTS = 14;

	private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

	/** With the jitter, no delivery waits for longer than this. */
	static final Duration LONGEST_WAIT = Duration.ofMinutes(72);

	private static final Duration LONGEST_DELAY = Duration.ofHours(1);

	private static final String ALGORITHM = "HmacSHA256";

	/** Signs {@code timestamp.body}, so that a recorded delivery cannot be replayed. */
	String signature(long timestamp) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.target.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
			byte[] signed = (timestamp + "." + this.body).getBytes(StandardCharsets.UTF_8);
			return "v1=" + HexFormat.of().formatHex(mac.doFinal(signed));
		}
		catch (GeneralSecurityException missing) {
			throw new IllegalStateException("Every Java has " + ALGORITHM, missing);
		}
	}

	/** How long to wait before the next attempt; empty if the delivery has ended. */
	Optional<Duration> delayAfter(Attempt attempt) {
		return (attempt instanceof Attempt.Missed && this.attempts < MOST_ATTEMPTS) ? Optional.of(delay(this.attempts))
				: Optional.empty();
	}

	/** Doubles from ten seconds to an hour, with a jitter of 20 %. */
	static Duration delay(int attempts) {
		long doubled = FIRST_DELAY.toMillis() << Math.min(attempts - 1, 20);
		long capped = Math.min(doubled, LONGEST_DELAY.toMillis());
		return Duration.ofMillis(Math.round(capped * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
	}

	/** Without the body, which only the receiver may read. */
	@Override
	public String toString() {
		return this.id + " to " + this.target.url();
	}

}
