package io.clipvault.jobs.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The latest events, numbered, for followers that each read at their own pace. */
final class RecentEvents {

	static final int KEPT = 4096;

	/** Event n is at n modulo {@link #KEPT}. */
	private final List<Feed.Event> events = new ArrayList<>();

	private long end;

	synchronized void add(Feed.Event event) {
		if (this.events.size() < KEPT) {
			this.events.add(event);
		}
		else {
			this.events.set((int) (this.end % KEPT), event);
		}
		this.end++;
	}

	/** The number that the next event gets. */
	synchronized long end() {
		return this.end;
	}

	/** The events from a number on; nothing if not all of them are kept any more. */
	synchronized Optional<List<Feed.Event>> from(long number) {
		if (this.end - number > KEPT) {
			return Optional.empty();
		}
		List<Feed.Event> news = new ArrayList<>();
		for (long next = number; next < this.end; next++) {
			news.add(this.events.get((int) (next % KEPT)));
		}
		return Optional.of(news);
	}

}
