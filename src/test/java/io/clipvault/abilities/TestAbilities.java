package io.clipvault.abilities;

import java.time.Clock;

import io.clipvault.links.TestForms;
import io.clipvault.storage.ProxiedStore;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Abilities of stores for tests that have their own client. */
public final class TestAbilities {

	private TestAbilities() {
	}

	public static StoreAbilities of(ProxiedStore proxied) {
		return of(proxied, Clock.systemUTC());
	}

	public static StoreAbilities of(ProxiedStore proxied, Clock clock) {
		return new StoreAbilities(new Probes(proxied.s3(), proxied.store(),
				new FormProbe(proxied.s3(), TestForms.of(proxied)), new TrailerProbe(proxied.s3(), proxied.store())),
				proxied.store(), clock);
	}

	/** The abilities of a store that is asked only by the calls that need them. */
	public static StoreAbilities asked(S3Client s3, Store store) {
		return new StoreAbilities(
				new Probes(s3, store, new FormProbe(s3, TestForms.none()), new TrailerProbe(s3, store)), store,
				Clock.systemUTC());
	}

	public static CheckedCopies copies(ProxiedStore proxied) {
		return new CheckedCopies(proxied.s3(), proxied.store(), of(proxied));
	}

	public static PartLimit limit(ProxiedStore proxied, @Nullable Integer set) {
		return new PartLimit(proxied.s3(), proxied.store(), new PartSettings(set), Clock.systemUTC());
	}

}
