package io.clipvault.gallery.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clipvault.gallery.catalog.JobClips.Source;
import io.clipvault.layouts.ClipMetadata;
import io.clipvault.layouts.Metadata;
import io.clipvault.layouts.Metadata.Flaw;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Caches parsed metadata in the database, so that a restart need not read it again. If
 * the database fails, the gallery works without the cache and logs the failure.
 */
@Component
class MetadataRows {

	/** Raise it when the parser changes, so that all metadata is read again. */
	static final int PARSER_VERSION = 1;

	private static final int BATCH = 500;

	private static final Duration KEPT = Duration.ofDays(30);

	private static final Logger log = LoggerFactory.getLogger(MetadataRows.class);

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Store store;

	MetadataRows(JdbcTemplate jdbc, TransactionTemplate transaction, Store store) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.store = store;
	}

	/** All rows, by key without the prefix. */
	Map<String, Row> all() {
		Map<String, Row> rows = new HashMap<>();
		tryOrLog(() -> this.jdbc
			.query("SELECT object_key, etag, content FROM gallery_metadata WHERE bucket = ? AND reader = ?", (row) -> {
				rows.put(row.getString(1),
						new Row(row.getString(2), JSON.readValue(row.getString(3), Content.class).metadata()));
			}, bucket(), PARSER_VERSION));
		return rows;
	}

	void save(List<Source> sources) {
		// Sorted, so that two replicas that save the same rows cannot deadlock.
		List<Object[]> rows = sources.stream()
			.filter(MetadataRows::isCacheable)
			.sorted(Comparator.comparing((source) -> source.object().path()))
			.map((source) -> new Object[] { bucket(), source.object().path(), source.object().etag(), PARSER_VERSION,
					JSON.writeValueAsString(Content.of(source.content())) })
			.toList();
		inBatches("""
				INSERT INTO gallery_metadata (bucket, object_key, etag, reader, content) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (bucket, object_key)
				DO UPDATE SET etag = excluded.etag, reader = excluded.reader, content = excluded.content""", rows);
	}

	void remove(List<String> keys) {
		inBatches("DELETE FROM gallery_metadata WHERE bucket = ? AND object_key = ?",
				keys.stream().sorted().map((key) -> new Object[] { bucket(), key }).toList());
	}

	/** The cuts that the last listing chose for the next one. */
	List<String> cuts() {
		List<String> cuts = new ArrayList<>();
		tryOrLog(() -> this.jdbc
			.queryForList("SELECT cuts FROM gallery_listing WHERE bucket = ?", String.class, bucket())
			.forEach((json) -> cuts.addAll(JSON.readValue(json, new TypeReference<List<String>>() {
			}))));
		return cuts;
	}

	void saveCuts(List<String> cuts) {
		tryOrLog(() -> this.jdbc.update("""
				INSERT INTO gallery_listing (bucket, cuts) VALUES (?, ?)
				ON CONFLICT (bucket) DO UPDATE SET cuts = excluded.cuts""", bucket(), JSON.writeValueAsString(cuts)));
	}

	/**
	 * Notes that this bucket was listed, and removes what is kept of buckets that no
	 * replica has listed for 30 days.
	 */
	void noteListed(Instant now) {
		long past = now.minus(KEPT).toEpochMilli();
		tryOrLog(() -> this.transaction.executeWithoutResult((status) -> {
			this.jdbc.update("""
					INSERT INTO gallery_listing (bucket, cuts, listed_at) VALUES (?, '[]', ?)
					ON CONFLICT (bucket) DO UPDATE SET listed_at = excluded.listed_at""", bucket(), now.toEpochMilli());
			// The version before wrote no times.
			this.jdbc.update("UPDATE gallery_listing SET listed_at = ? WHERE listed_at IS NULL", now.toEpochMilli());
			this.jdbc.update(
					"DELETE FROM gallery_metadata WHERE bucket IN (SELECT bucket FROM gallery_listing WHERE listed_at < ?)",
					past);
			this.jdbc.update("DELETE FROM gallery_listing WHERE listed_at < ?", past);
		}));
	}

	/** Other settings or permissions may make an unread object readable. */
	private static boolean isCacheable(Source source) {
		return !(source.content() instanceof Metadata.Unusable unusable
				&& (unusable.flaw() == Flaw.TOO_LARGE || unusable.flaw() == Flaw.UNREADABLE));
	}

	private void inBatches(String sql, List<Object[]> rows) {
		for (int start = 0; start < rows.size(); start += BATCH) {
			List<Object[]> batch = rows.subList(start, Math.min(rows.size(), start + BATCH));
			tryOrLog(() -> this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(sql, batch)));
		}
	}

	private void tryOrLog(Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn(
					"The database failed to cache the gallery's metadata ({}): the next start reads it from the bucket again.",
					failure.getMessage());
		}
	}

	private String bucket() {
		return this.store.bucket() + "/" + this.store.prefix();
	}

	/** The metadata that an object with this ETag has. */
	record Row(String etag, Metadata content) {
	}

	/** The JSON of the column. */
	private record Content(@Nullable List<ClipMetadata> clips, @Nullable Flaw flaw, @Nullable String reason) {

		static Content of(Metadata metadata) {
			return switch (metadata) {
				case Metadata.Usable(List<ClipMetadata> clips) -> new Content(clips, null, null);
				case Metadata.Unusable(Flaw flaw, String reason) -> new Content(null, flaw, reason);
			};
		}

		Metadata metadata() {
			return (this.flaw != null) ? new Metadata.Unusable(this.flaw, String.valueOf(this.reason))
					: new Metadata.Usable((this.clips != null) ? this.clips : List.of());
		}

	}

}
