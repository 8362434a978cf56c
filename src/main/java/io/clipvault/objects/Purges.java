package io.clipvault.objects;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The last purge of each bucket, kept in the database. */
@Component
class Purges {

	/** A run that told nothing for so long has died with its process. */
	static final Duration SILENCE = Duration.ofMinutes(15);

	private static final int LONGEST_ERROR = 2000;

	private final JdbcClient database;

	private final Clock clock;

	Purges(JdbcClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	Purge get(BucketName bucket) {
		return this.database.sql("select * from bucket_purge where bucket = ?")
			.param(bucket.value())
			.query((row, number) -> {
				Instant updated = Instant.ofEpochMilli(row.getLong("updated_at"));
				Purge.State state = Purge.State.valueOf(row.getString("state"));
				boolean silent = state == Purge.State.RUNNING && updated.plus(SILENCE).isBefore(this.clock.instant());
				return new Purge(bucket.value(), silent ? Purge.State.INTERRUPTED : state, row.getLong("removed"),
						Instant.ofEpochMilli(row.getLong("started_at")), updated, row.getString("error"));
			})
			.optional()
			.orElseThrow(() -> new Problem(ProblemType.PURGE_NOT_FOUND,
					"No purge of the bucket '%s' is known: start one with DELETE /buckets/%s?purge=true."
						.formatted(bucket, bucket)));
	}

	/** Takes the bucket for a new run, unless one is running already. */
	boolean begin(BucketName bucket) {
		long now = this.clock.millis();
		return this.database
			.sql("""
					insert into bucket_purge (bucket, state, removed, started_at, updated_at) values (:bucket, 'RUNNING', 0, :now, :now)
					on conflict (bucket) do update set state = 'RUNNING', removed = 0, started_at = :now, updated_at = :now, error = null
					where bucket_purge.state <> 'RUNNING' or bucket_purge.updated_at < :silent""")
			.param("bucket", bucket.value())
			.param("now", now)
			.param("silent", now - SILENCE.toMillis())
			.update() == 1;
	}

	void removed(BucketName bucket, long more) {
		this.database.sql("update bucket_purge set removed = removed + ?, updated_at = ? where bucket = ?")
			.params(more, this.clock.millis(), bucket.value())
			.update();
	}

	void ended(BucketName bucket, Purge.State state, @Nullable String error) {
		String told = (error == null) ? null : error.substring(0, Math.min(error.length(), LONGEST_ERROR));
		this.database
			.sql("update bucket_purge set state = :state, error = :error, updated_at = :now where bucket = :bucket")
			.param("state", state.name())
			.param("error", told)
			.param("now", this.clock.millis())
			.param("bucket", bucket.value())
			.update();
	}

}
