package io.clipvault.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * The sessions of people in browsers, in the database for all replicas. A session holds
 * the digest of its key, so it ends with the key. Its cookie holds the session's id and a
 * secret of which only the digest is stored, so that nobody who reads the database can
 * use a session.
 *
 * @param <S> Spring Session's own type, which is not public
 */
final class BrowserSessions<S extends Session> {

	static final Duration IDLE = Duration.ofHours(1);

	static final Duration LONGEST = Duration.ofHours(12);

	/** The last use is written no more often, so that a request costs no write. */
	private static final Duration EXACTNESS = Duration.ofMinutes(1);

	private static final int LONGEST_COOKIE = 200;

	private static final String KEY = "key";

	private static final String SECRET = "secret";

	private static final String ENDS_AT = "ends_at";

	private final SessionRepository<S> sessions;

	private final Proofs proofs;

	private final Clock clock;

	BrowserSessions(SessionRepository<S> sessions, Proofs proofs, Clock clock) {
		this.sessions = sessions;
		this.proofs = proofs;
		this.clock = clock;
	}

	/** Begins a session for the holder of this key. */
	Opened open(ApiKey key) {
		S session = this.sessions.createSession();
		String secret = ApiKey.random();
		Instant endsAt = this.clock.instant().plus(LONGEST);
		session.setMaxInactiveInterval(IDLE);
		session.setAttribute(KEY, key.digest());
		session.setAttribute(SECRET, ApiKey.digest(secret));
		session.setAttribute(ENDS_AT, endsAt.toString());
		session.setLastAccessedTime(this.clock.instant());
		this.sessions.save(session);
		return new Opened(session.getId() + "." + secret, new Found(key, endsAt));
	}

	/** The session of a cookie, if it has not ended. */
	Optional<Found> find(String cookie) {
		S session = session(cookie);
		if (session == null) {
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		Instant endsAt = Instant.parse(text(session, ENDS_AT));
		Optional<ApiKey> key = this.proofs.keyWithDigest(text(session, KEY));
		if (key.isEmpty() || !endsAt.isAfter(now) || !session.getLastAccessedTime().plus(IDLE).isAfter(now)) {
			this.sessions.deleteById(session.getId());
			return Optional.empty();
		}
		if (session.getLastAccessedTime().plus(EXACTNESS).isBefore(now)) {
			session.setLastAccessedTime(now);
			this.sessions.save(session);
		}
		return Optional.of(new Found(key.get(), endsAt));
	}

	/** Ends the session of a cookie, if there is one. */
	void end(String cookie) {
		S session = session(cookie);
		if (session != null) {
			this.sessions.deleteById(session.getId());
		}
	}

	private @Nullable S session(String cookie) {
		int dot = cookie.indexOf('.');
		if (dot < 0 || cookie.length() > LONGEST_COOKIE) {
			return null;
		}
		S session = this.sessions.findById(cookie.substring(0, dot));
		return (session != null && ApiKey.isSame(text(session, SECRET), ApiKey.digest(cookie.substring(dot + 1))))
				? session : null;
	}

	private static String text(Session session, String attribute) {
		return session.getRequiredAttribute(attribute);
	}

	/** A session that a request belongs to. */
	record Found(ApiKey key, Instant endsAt) {
	}

	/** A session that has just begun, with the value of its cookie. */
	record Opened(String cookie, Found session) {

		@Override
		public String toString() {
			return "Opened[" + this.session + "]";
		}

	}

}
