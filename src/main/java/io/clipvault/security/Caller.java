package io.clipvault.security;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who makes a call.
 *
 * @param name the name of the key or the subject of the token; null if nobody has to
 * prove who they are, or if the service does something by itself
 * @param id tells apart the keys of one name: the beginning of the key's SHA-256
 * @param role what the caller may do; null for nothing
 */
public record Caller(@Nullable String name, @Nullable String id, @Nullable Role role) {

	/** Somebody who has proved nothing. */
	static final Caller UNKNOWN = new Caller(null, null, null);

	/** Everybody, where no proof is asked for. */
	static final Caller EVERYBODY = new Caller(null, null, Role.ADMIN);

	/** The caller of the request that this thread serves. */
	public static Caller current() {
		Authentication proof = SecurityContextHolder.getContext().getAuthentication();
		return (proof != null && proof.getPrincipal() instanceof Caller known) ? known : UNKNOWN;
	}

	boolean has(Role needed) {
		return this.role != null && this.role.includes(needed);
	}

	/**
	 * Refuses a caller without this role.
	 * @param what the part of the call that needs the role
	 */
	public void require(Role needed, String what) {
		if (!has(needed)) {
			throw new Problem(ProblemType.ROLE_MISSING,
					"%s, a key needs the role %s: use one that has it.".formatted(what, needed.word()));
		}
	}

	/** For the log. */
	@Override
	public String toString() {
		String shown = (this.name != null) ? this.name : (this.role != null) ? "everybody" : "nobody";
		return (this.id != null) ? shown + " (" + this.id + ")" : shown;
	}

}
