package io.clipvault.abilities;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.stereotype.Component;

/** The most parts that the store takes for one object: as set, or else found out once. */
@Component
public class PartLimit {

	/** The limit of S3. */
	public static final int MOST = 10_000;

	/** No store is known that takes fewer parts. */
	private static final int ALWAYS = 10;

	private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(PartLimit.class);

	private final S3Client s3;

	private final Store store;

	private final PartSettings settings;

	private final Clock clock;

	private @Nullable Integer found;

	private @Nullable Instant failed;

	PartLimit(S3Client s3, Store store, PartSettings settings, Clock clock) {
		this.s3 = s3;
		this.store = store;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * The limit for an object that would have so many parts. The store is asked only if
	 * this matters.
	 */
	public int forParts(long wanted) {
		if (this.settings.maxParts() != null) {
			return this.settings.maxParts();
		}
		return (wanted <= ALWAYS) ? MOST : find();
	}

	/** The limit; that of S3 if the store cannot be asked. */
	public synchronized int find() {
		if (this.settings.maxParts() != null) {
			return this.settings.maxParts();
		}
		if (this.found != null) {
			return this.found;
		}
		if (this.failed != null && Duration.between(this.failed, this.clock.instant()).abs().compareTo(ASK_AGAIN) < 0) {
			return MOST;
		}
		try (Scratch scratch = new Scratch(this.s3, this.store)) {
			int limit = ask(scratch);
			this.found = limit;
			if (limit < MOST) {
				log.info("{} takes at most {} parts for one object.", this.store.name(), limit);
			}
			return limit;
		}
		catch (StoreFailure failure) {
			log.debug("How many parts the store takes is not known", failure);
			this.failed = this.clock.instant();
			return MOST;
		}
	}

	/** Halves the range in which the highest part number lies. */
	private static int ask(Scratch scratch) {
		if (takes(scratch, MOST)) {
			return MOST;
		}
		int taken = 1;
		scratch.sendPart(taken);
		int refused = MOST;
		while (refused - taken > 1) {
			int middle = (taken + refused) / 2;
			if (takes(scratch, middle)) {
				taken = middle;
			}
			else {
				refused = middle;
			}
		}
		return taken;
	}

	private static boolean takes(Scratch scratch, int number) {
		try {
			scratch.sendPart(number);
			return true;
		}
		catch (StoreFailure failure) {
			if (failure.status() == 400) {
				return false;
			}
			throw failure;
		}
	}

}
