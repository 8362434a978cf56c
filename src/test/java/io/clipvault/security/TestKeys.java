package io.clipvault.security;

import org.springframework.test.context.DynamicPropertyRegistry;

/** A key of each role, for services that ask for one. */
final class TestKeys {

	static final String VIEWER = ApiKey.random();

	static final String PRODUCER = ApiKey.random();

	static final String ADMIN = ApiKey.random();

	private TestKeys() {
	}

	static void configure(DynamicPropertyRegistry properties) {
		properties.add("clipvault.security.keys", () -> "looker:viewer:%s,ci:producer:%s,root:admin:%s"
			.formatted(ApiKey.digest(VIEWER), ApiKey.digest(PRODUCER), ApiKey.digest(ADMIN)));
	}

}
