package io.clipvault.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs with the system's, and that a test can move ahead. */
public final class RunningClock extends Clock {

	private volatile Duration ahead = Duration.ZERO;

	void advance(Duration step) {
		this.ahead = this.ahead.plus(step);
	}

	@Override
	public Instant instant() {
		return Clock.systemUTC().instant().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
