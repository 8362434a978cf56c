package io.clipvault.abilities;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.clipvault.abilities.ProbeResult.Answer;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * What the store can do. An answer of the store is kept until the process ends; where it
 * gave none, it is asked again a minute later at the earliest.
 */
@Component
public class StoreAbilities {

	private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(StoreAbilities.class);

	private final Map<Ability, Known> known = new ConcurrentHashMap<>();

	private final ReentrantLock asking = new ReentrantLock();

	private final Probes probes;

	private final Store store;

	private final Clock clock;

	StoreAbilities(Probes probes, Store store, Clock clock) {
		this.probes = probes;
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Whether the store has an ability, as far as it is known. The first caller asks the
	 * store; others that come meanwhile do not wait.
	 */
	public boolean has(Ability ability) {
		Known before = this.known.get(ability);
		if (before != null && isGood(before)) {
			return before.finding().answer() != Answer.NO;
		}
		if (!this.asking.tryLock()) {
			return true;
		}
		try {
			return find(ability).answer() != Answer.NO;
		}
		finally {
			this.asking.unlock();
		}
	}

	/** What is known of an ability; asks the store if nothing is. */
	public ProbeResult find(Ability ability) {
		this.asking.lock();
		try {
			Known before = this.known.get(ability);
			if (before != null && isGood(before)) {
				return before.finding();
			}
			ProbeResult finding = this.probes.ask(ability);
			note(ability, finding);
			return finding;
		}
		finally {
			this.asking.unlock();
		}
	}

	/** All abilities; those that nobody has needed yet are asked for now. */
	public Map<Ability, ProbeResult> all() {
		Map<Ability, ProbeResult> all = new EnumMap<>(Ability.class);
		for (Ability ability : Ability.values()) {
			all.put(ability, find(ability));
		}
		return all;
	}

	/**
	 * Makes a call that needs an ability, or does without it if the store lacks it. What
	 * the call shows is known from then on.
	 */
	public <T> T call(Ability ability, Supplier<T> call, Supplier<T> without) {
		Known before = this.known.get(ability);
		if (before != null && before.finding().answer() == Answer.NO) {
			return without.get();
		}
		try {
			T answer = call.get();
			note(ability, ProbeResult.YES);
			return answer;
		}
		catch (StoreFailure failure) {
			if (!failure.unsupported()) {
				throw failure;
			}
			note(ability, ProbeResult.no(failure.told()));
			return without.get();
		}
	}

	/** Keeps what a probe or a call has shown. */
	void note(Ability ability, ProbeResult finding) {
		Known before = this.known.put(ability, new Known(finding, this.clock.instant()));
		if (finding.answer() == Answer.NO && (before == null || !before.finding().equals(finding))) {
			log.info("{} cannot {} ({}).", this.store.name(), ability.words(), finding.why());
		}
	}

	private boolean isGood(Known known) {
		// A clock that was set back must not keep an old failure for hours.
		Duration age = Duration.between(known.at(), this.clock.instant()).abs();
		return known.finding().isKnown() || age.compareTo(ASK_AGAIN) < 0;
	}

	/** A finding, and when it was made. */
	private record Known(ProbeResult finding, Instant at) {
	}

}
