package io.clipvault.objects.buckets;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import io.clipvault.objects.BucketName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The last purge of each bucket, kept in the database. */
@Component
class PurgeRows {

	private static final int ERROR_LENGTH = 2000;

	private final JdbcClient database;

	private final Clock clock;

	PurgeRows(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	Optional<Purge> find(BucketName bucket) {
		return this.database.sql("select * from bucket_purge where bucket = ?")
			.param(bucket.value())
			.query((row, number) -> new Purge(bucket.value(), Purge.State.valueOf(row.getString("state")),
					row.getLong("removed"), Instant.ofEpochMilli(row.getLong("started_at")),
					Instant.ofEpochMilli(row.getLong("updated_at")), row.getString("error")))
			.optional();
	}

	int countRunning() {
		return this.database.sql("select count(*) from bucket_purge where state = 'RUNNING'")
			.query(Integer.class)
			.single();
	}

	/** Records a new purge; empty if one of this bucket is running. */
	Optional<PurgeId> begin(BucketName bucket) {
		long now = this.clock.millis();
		int begun = this.database
			.sql("""
					insert into bucket_purge (bucket, state, removed, started_at, updated_at) values (:bucket, 'RUNNING', 0, :now, :now)
					on conflict (bucket) do update set state = 'RUNNING', removed = 0, started_at = :now, updated_at = :now, error = null
					where bucket_purge.state <> 'RUNNING'""")
			.param("bucket", bucket.value())
			.param("now", now)
			.update();
		return (begun == 1) ? Optional.of(new PurgeId(bucket.value(), now)) : Optional.empty();
	}

	boolean isRunning(PurgeId purge) {
		return this.database.sql("select 1 from bucket_purge where bucket = ? and started_at = ? and state = 'RUNNING'")
			.params(purge.bucket(), purge.startedAt())
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	void addRemoved(PurgeId purge, long more) {
		this.database
			.sql("update bucket_purge set removed = removed + ?, updated_at = ? where bucket = ? and started_at = ?")
			.params(more, this.clock.millis(), purge.bucket(), purge.startedAt())
			.update();
	}

	void end(PurgeId purge, Purge.State state, @Nullable String error) {
		String stored = (error == null) ? null : error.substring(0, Math.min(error.length(), ERROR_LENGTH));
		this.database.sql("""
				update bucket_purge set state = :state, error = :error, updated_at = :now
				where bucket = :bucket and started_at = :started""")
			.param("state", state.name())
			.param("error", stored)
			.param("now", this.clock.millis())
			.param("bucket", purge.bucket())
			.param("started", purge.startedAt())
			.update();
	}

}
