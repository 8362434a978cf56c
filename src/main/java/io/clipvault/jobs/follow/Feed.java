package io.clipvault.jobs.follow;

import java.util.List;

/** The events that one follower gets. */
interface Feed {

	/** What happened since the last call; it does not wait for events. */
	List<Event> next();

	/** Whether no more events follow. */
	boolean isOver();

	/** A named event with its JSON. */
	record Event(String name, String json) {
	}

}
