package io.clipvault.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.clipvault.gallery.JobClips.Source;
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
 * What was read of the metadata, kept in the database, so that a start reads none of it
 * again. The gallery goes on without it: a failure here is only told in the log.
 */
@Component
class MetadataRows {

	/** To be raised when metadata is read in another way, so that all of it is. */
	static final int READER = 1;

	private static final int BATCH = 500;

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

	/** What was kept, by key without the prefix. */
	Map<String, Row> all() {
		Map<String, Row> rows = new HashMap<>();
		unlessItFails(() -> this.jdbc
			.query("SELECT object_key, etag, content FROM gallery_metadata WHERE bucket = ? AND reader = ?", (row) -> {
				rows.put(row.getString(1),
						new Row(row.getString(2), JSON.readValue(row.getString(3), Content.class).metadata()));
			}, bucket(), READER));
		return rows;
	}

	void save(List<Source> sources) {
		// In the order of their keys: two replicas that save the same never wait for each
		// other in a circle.
		List<Object[]> rows = sources.stream()
			.filter(MetadataRows::worthKeeping)
			.sorted(Comparator.comparing((source) -> source.object().path()))
			.map((source) -> new Object[] { bucket(), source.object().path(), source.object().etag(), READER,
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

	/** Where the last listing could have been cut into ranges of the same size. */
	List<String> cuts() {
		List<String> cuts = new ArrayList<>();
		unlessItFails(() -> this.jdbc
			.queryForList("SELECT cuts FROM gallery_listing WHERE bucket = ?", String.class, bucket())
			.forEach((json) -> cuts.addAll(JSON.readValue(json, new TypeReference<List<String>>() {
			}))));
		return cuts;
	}

	void saveCuts(List<String> cuts) {
		unlessItFails(() -> this.jdbc.update("""
				INSERT INTO gallery_listing (bucket, cuts) VALUES (?, ?)
				ON CONFLICT (bucket) DO UPDATE SET cuts = excluded.cuts""", bucket(), JSON.writeValueAsString(cuts)));
	}

	/** What was not read at all depends on settings and permissions of the moment. */
	private static boolean worthKeeping(Source source) {
		return !(source.content() instanceof Metadata.Unusable strange
				&& (strange.flaw() == Flaw.TOO_LARGE || strange.flaw() == Flaw.UNREADABLE));
	}

	private void inBatches(String sql, List<Object[]> rows) {
		for (int start = 0; start < rows.size(); start += BATCH) {
			List<Object[]> batch = rows.subList(start, Math.min(rows.size(), start + BATCH));
			unlessItFails(() -> this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(sql, batch)));
		}
	}

	private void unlessItFails(Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException | TransactionException failure) {
			log.warn(
					"The database does not keep the gallery's catalog ({}): the next start will read the metadata again.",
					failure.getMessage());
		}
	}

	private String bucket() {
		return this.store.bucket() + "/" + this.store.prefix();
	}

	/** What reading the object with this tag gave. */
	record Row(String etag, Metadata content) {
	}

	/** The form of the column. */
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
