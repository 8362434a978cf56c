package io.clipvault.jobs.watched;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.clipvault.jobs.folders.RootId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes the watch notes of directories that are gone for good. */
@Component
public class WatchNoteSweep {

	/** A directory may be away for a while, because a file system shows old names. */
	static final int ABSENCES = 100;

	private static final int PAGE = 1000;

	private final JdbcClient database;

	private final RootId root;

	WatchNoteSweep(JdbcClient database, RootId root) {
		this.database = database;
		this.root = root;
	}

	/**
	 * Counts the absences of this root's directories, and removes the note of one that
	 * was absent in many sweeps in a row.
	 * @param present the names in the root; none are taken for a root that is not mounted
	 */
	public void sweep(Set<String> present) {
		if (present.isEmpty()) {
			return;
		}
		String after = "";
		for (List<Note> page = page(after); !page.isEmpty(); page = page(after)) {
			Map<Boolean, List<Note>> notes = page.stream()
				.collect(Collectors.partitioningBy((note) -> present.contains(note.directory())));
			update("SET place = :place, absent = 0",
					notes.getOrDefault(true, List.of()).stream().filter((note) -> !note.isSeen()).toList());
			// A note without a place may belong to another root.
			update("SET absent = absent + 1",
					notes.getOrDefault(false, List.of()).stream().filter(Note::isPlaced).toList());
			after = page.getLast().directory();
		}
		this.database.sql("DELETE FROM watched_directory WHERE place = ? AND absent >= ?")
			.params(this.root.id(), ABSENCES)
			.update();
	}

	private List<Note> page(String after) {
		return this.database.sql("""
				SELECT directory, place, absent FROM watched_directory
				WHERE directory > :after AND (place = :place OR place IS NULL) ORDER BY directory LIMIT :limit""")
			.param("after", after)
			.param("place", this.root.id())
			.param("limit", PAGE)
			.query((row, number) -> new Note(row.getString("directory"), row.getString("place") != null,
					row.getInt("absent")))
			.list();
	}

	private void update(String change, List<Note> notes) {
		if (!notes.isEmpty()) {
			this.database.sql("UPDATE watched_directory " + change + " WHERE directory IN (:names)")
				.param("place", this.root.id())
				.param("names", notes.stream().map(Note::directory).toList())
				.update();
		}
	}

	/** A directory that has a note. */
	private record Note(String directory, boolean isPlaced, int absent) {

		boolean isSeen() {
			return this.isPlaced && this.absent == 0;
		}

	}

}
