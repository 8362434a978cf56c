package io.clipvault.abilities;

import io.clipvault.problems.ProblemType;
import io.clipvault.storage.StoreFailure;

/**
 * What is known of an ability.
 *
 * @param answer whether the store has it
 * @param why the store's own reason where it lacks it, or why it could not be asked
 */
public record ProbeResult(Answer answer, String why) {

	static final ProbeResult YES = new ProbeResult(Answer.YES, "");

	static ProbeResult no(String why) {
		return new ProbeResult(Answer.NO, why);
	}

	static ProbeResult unknown(String why) {
		return new ProbeResult(Answer.UNKNOWN, why);
	}

	/** What a refusal says of the ability that the call needed. */
	static ProbeResult of(StoreFailure refusal) {
		boolean lacking = refusal.unsupported() || (refusal.type() == ProblemType.STORE_REFUSED
				&& (refusal.status() == 400 || refusal.status() == 405));
		if (!lacking) {
			return unknown(refusal.detail());
		}
		return no(refusal.told().isBlank() ? refusal.code() : refusal.told());
	}

	boolean isKnown() {
		return this.answer != Answer.UNKNOWN;
	}

	/** Whether a store has an ability. */
	public enum Answer {

		/** The store has it. */
		YES,

		/** The store lacks it. */
		NO,

		/** The store was away, or refused this key the question. */
		UNKNOWN

	}

}
