package io.clipvault.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.clipvault.kit.MutableClock;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class BrowserSessionsTests {

	private final MutableClock clock = new MutableClock(Instant.now());

	private final ApiKey key = new ApiKey("ci", Role.PRODUCER, ApiKey.digest("cv_a"));

	private final MapSessionRepository stored = Mockito.spy(new MapSessionRepository(new ConcurrentHashMap<>()));

	private BrowserSessions<MapSession> sessions(ApiKey... keys) {
		SecuritySettings settings = new SecuritySettings(false, Set.of(), List.of(),
				List.of(keys).stream().map((one) -> one.name() + ":" + one.role().word() + ":" + one.digest()).toList(),
				new SecuritySettings.Jwt(null, "roles"));
		return new BrowserSessions<>(this.stored,
				new Proofs(settings, new StaticListableBeanFactory().getBeanProvider(JwtDecoder.class)), this.clock);
	}

	@Test
	void sessionEndsAfterAnHourWithoutUse() {
		BrowserSessions<MapSession> sessions = sessions(this.key);
		String cookie = sessions.open(this.key).cookie();
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(sessions.find(cookie)).isPresent();
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(sessions.find(cookie)).isPresent();
		this.clock.advance(BrowserSessions.IDLE);
		assertThat(sessions.find(cookie)).isEmpty();
	}

	@Test
	void sessionEndsAfterTwelveHoursInAnyCase() {
		BrowserSessions<MapSession> sessions = sessions(this.key);
		String cookie = sessions.open(this.key).cookie();
		for (int half = 1; half < 24; half++) {
			this.clock.advance(Duration.ofMinutes(30));
			assertThat(sessions.find(cookie)).as("after %d half hours", half).isPresent();
		}
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(sessions.find(cookie)).isEmpty();
	}

	@Test
	void sessionEndsWithItsKeyAndHasTheRoleThatTheKeyHasNow() {
		String cookie = sessions(this.key).open(this.key).cookie();
		assertThat(sessions(new ApiKey("ci", Role.VIEWER, this.key.digest())).find(cookie).orElseThrow().key().role())
			.isEqualTo(Role.VIEWER);
		assertThat(sessions(new ApiKey("ci", Role.PRODUCER, ApiKey.digest("cv_b"))).find(cookie)).isEmpty();
		assertThat(sessions(this.key).find(cookie)).isEmpty();
	}

	@Test
	void lastUseIsWrittenAtMostOnceAMinute() {
		BrowserSessions<MapSession> sessions = sessions(this.key);
		String cookie = sessions.open(this.key).cookie();
		Mockito.clearInvocations(this.stored);
		this.clock.advance(Duration.ofMinutes(1));
		sessions.find(cookie);
		verify(this.stored, never()).save(any());
		this.clock.advance(Duration.ofSeconds(1));
		sessions.find(cookie);
		sessions.find(cookie);
		verify(this.stored, times(1)).save(any());
	}

	@Test
	void cookieWithTheIdAndAnotherSecretIsNobody() {
		BrowserSessions<MapSession> sessions = sessions(this.key);
		String cookie = sessions.open(this.key).cookie();
		assertThat(sessions.find(cookie.substring(0, cookie.indexOf('.') + 1) + ApiKey.random())).isEmpty();
		sessions.end(cookie.substring(0, cookie.indexOf('.') + 1) + ApiKey.random());
		assertThat(sessions.find(cookie)).isPresent();
		sessions.end(cookie);
		assertThat(sessions.find(cookie)).isEmpty();
	}

}
