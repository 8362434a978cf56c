package io.clipvault.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may do; each role includes those before it. */
public enum Role {

	VIEWER, PRODUCER, ADMIN;

	boolean includes(Role needed) {
		return compareTo(needed) >= 0;
	}

	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Optional<Role> named(String word) {
		return Stream.of(values()).filter((role) -> role.word().equals(word)).findFirst();
	}

}
