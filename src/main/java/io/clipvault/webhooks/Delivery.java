package io.clipvault.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is to be told to whom, as one worker holds it under its claim.
 *
 * @param attempts how often it was tried, this time included
 */
record Delivery(String id, String claim, WebhookTarget target, String body, int attempts) {

	private static final String ALGORITHM = "HmacSHA256";

	/** The signature over {@code timestamp.body}, which no old body can be sent with. */
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

	/** Leaves the body out: it may name what only its receiver should read. */
	@Override
	public String toString() {
		return this.id + " to " + this.target.url();
	}

}
