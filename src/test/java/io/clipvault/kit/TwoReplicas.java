package io.clipvault.kit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import io.clipvault.storage.Store;
import io.clipvault.storage.StoreConnection;

import org.springframework.core.env.Environment;

/** Two services on one PostgreSQL, one store and one jobs root. */
public final class TwoReplicas implements AutoCloseable {

	private final StoreUnderTest first;

	private final StoreUnderTest second;

	private TwoReplicas(StoreUnderTest first, StoreUnderTest second) {
		this.first = first;
		this.second = second;
	}

	public static TwoReplicas start() {
		String database = TestDatabase.POSTGRESQL.url();
		StoreUnderTest first = StoreUnderTest.with(Map.of("spring.datasource.url", database));
		StoreConnection store = first.bean(StoreConnection.class);
		return new TwoReplicas(first,
				StoreUnderTest.with(Map.of("spring.datasource.url", database, "clipvault.jobs.root",
						root(first).toString(), "clipvault.storage.engine", "s3", "clipvault.storage.endpoint",
						Objects.requireNonNull(store.endpoint()).toString(), "clipvault.storage.bucket",
						first.bean(Store.class).bucket(), "AWS_ACCESS_KEY_ID",
						Objects.requireNonNull(store.accessKey()), "AWS_SECRET_ACCESS_KEY",
						Objects.requireNonNull(store.secretKey()))));
	}

	/** The replica whose engine is the store. */
	public StoreUnderTest first() {
		return this.first;
	}

	public StoreUnderTest second() {
		return this.second;
	}

	public Path root() {
		return root(this.first);
	}

	private static Path root(StoreUnderTest service) {
		return Path.of(service.bean(Environment.class).getRequiredProperty("clipvault.jobs.root"));
	}

	@Override
	public void close() {
		this.second.close();
		this.first.close();
	}

}
