package io.clipvault.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.clipvault.kit.Caller;
import io.clipvault.kit.Caller.Answer;
import io.clipvault.kit.ClipvaultTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that asks for keys, over HTTP. */
@ClipvaultTest
@ExtendWith(OutputCaptureExtension.class)
class AccessIntegrationTests {

	/** The contract's table; what is not in it is denied. */
	private static final Map<String, String> TABLE = new TreeMap<>();

	static {
		row("nobody", "GET /actuator/health/**", "GET /session", "POST /session", "DELETE /session");
		row("viewer", "GET /gallery", "GET /gallery/{job_id}", "GET /api/gallery/clips", "GET /jobs", "GET /jobs/{id}",
				"GET /jobs/{id}/events", "GET /jobs/{id}/files", "GET /jobs/{id}/artifacts",
				"GET /jobs/{id}/artifacts.zip", "GET /events", "POST /links", "GET /v3/api-docs",
				"GET /v3/api-docs.yaml", "GET /v3/api-docs/swagger-config", "GET /swagger-ui.html");
		row("producer", "POST /jobs/{id}/artifacts", "POST /jobs/{id}/completion", "DELETE /jobs/{id}",
				"POST /jobs/{id}/restore", "POST /audio", "POST /uploads", "POST /uploads/{*path}", "GET /links/cors",
				"GET /uppy/s3/params", "POST /uppy/s3/multipart", "GET /uppy/s3/multipart/{id}",
				"GET /uppy/s3/multipart/{id}/{part}", "POST /uppy/s3/multipart/{id}/complete",
				"DELETE /uppy/s3/multipart/{id}", "POST /uppy/sign");
		row("admin", "DELETE /jobs/{id}/artifacts", "PUT /links/cors", "GET /storage/report", "GET /audits",
				"POST /audits", "GET /audits/{id}");
	}

	@LocalServerPort
	private int port;

	@Autowired
	private AccessRules rules;

	@Autowired
	private Map<String, RequestMappingInfoHandlerMapping> mappings;

	@Autowired
	private JdbcClient database;

	private Caller caller;

	private static void row(String role, String... calls) {
		for (String call : calls) {
			TABLE.put(call, role);
		}
	}

	@DynamicPropertySource
	static void keys(DynamicPropertyRegistry properties) {
		TestKeys.configure(properties);
	}

	@BeforeEach
	void callService() {
		this.caller = new Caller(this.port);
	}

	private Answer call(String method, String path, @Nullable String key) {
		HttpRequest.Builder request = this.caller.request(path).method(method, HttpRequest.BodyPublishers.noBody());
		return this.caller.send((key == null) ? request : request.header("Authorization", "Bearer " + key));
	}

	@Test
	void everyMappingHasTheRoleOfTheTable() {
		Map<String, String> found = new TreeMap<>();
		for (RequestMappingInfoHandlerMapping mapping : this.mappings.values()) {
			mapping.getHandlerMethods().forEach((info, method) -> found.putAll(roles(info)));
		}
		found.keySet()
			.removeIf((call) -> call.contains(" /buckets") || call.contains(" /actuator") || call.contains(" /error"));
		assertThat(found).containsExactlyInAnyOrderEntriesOf(TABLE.entrySet()
			.stream()
			.filter((row) -> !row.getKey().contains(" /actuator"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
	}

	@Test
	void everyMappingOfBucketsAndActuatorIsForAdminsButForTwoHealthGroups() {
		Map<String, String> found = new TreeMap<>();
		for (RequestMappingInfoHandlerMapping mapping : this.mappings.values()) {
			mapping.getHandlerMethods().forEach((info, method) -> found.putAll(roles(info)));
		}
		found.keySet().removeIf((call) -> !call.contains(" /buckets") && !call.contains(" /actuator"));
		assertThat(found).isNotEmpty().allSatisfy((call, role) -> assertThat(role).as(call).isEqualTo("admin"));
		assertThat(role("GET", "/actuator/health/liveness")).isEqualTo("nobody");
		assertThat(role("HEAD", "/actuator/health/readiness")).isEqualTo("nobody");
		assertThat(role("GET", "/actuator/health/db")).isEqualTo("admin");
		assertThat(role("GET", "/error")).isEqualTo("denied");
		assertThat(role("GET", "/swagger-ui/index.html")).isEqualTo("viewer");
	}

	private Map<String, String> roles(RequestMappingInfo info) {
		Set<String> methods = info.getMethodsCondition()
			.getMethods()
			.stream()
			.map(Enum::name)
			.collect(Collectors.toCollection(TreeSet::new));
		Map<String, String> roles = new TreeMap<>();
		for (String method : methods.isEmpty() ? Set.of("GET") : methods) {
			// The framework answers HEAD where it answers GET.
			info.getPatternValues()
				.forEach((pattern) -> roles.put((method.equals("HEAD") ? "GET" : method) + " " + pattern,
						role(method, pattern.replaceAll("\\{\\*?[a-z_]+}", "a").replace("**", "a"))));
		}
		return roles;
	}

	private String role(String method, String path) {
		return this.rules.find(new MockHttpServletRequest(method, path))
			.map((rule) -> (rule.role() == null) ? "nobody" : rule.role().word())
			.orElse("denied");
	}

	@Test
	void callWithoutAKeySaysHowToAuthenticate() {
		Answer answer = call("GET", "/gallery", null);
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.problem()).isEqualTo("unauthenticated");
		assertThat(answer.detail()).contains("Authorization: Bearer cv_", "X-API-Key", "POST /session");
		assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer");
	}

	@Test
	void readyPageOfTheGalleryNeedsAKeyToo() {
		assertThat(call("GET", "/gallery", TestKeys.VIEWER).status()).isEqualTo(200);
		assertThat(call("GET", "/gallery", TestKeys.VIEWER).status()).isEqualTo(200);
		assertThat(call("GET", "/gallery", null).status()).isEqualTo(401);
	}

	@Test
	void callWithAKeyInEitherHeaderIsAnswered() {
		assertThat(call("GET", "/jobs", TestKeys.VIEWER).status()).isEqualTo(200);
		assertThat(call("HEAD", "/jobs", TestKeys.VIEWER).status()).isEqualTo(200);
		assertThat(this.caller.send(this.caller.request("/jobs").header("X-API-Key", TestKeys.VIEWER)).status())
			.isEqualTo(200);
		assertThat(this.caller.get("/jobs?key=" + TestKeys.VIEWER).status()).isEqualTo(401);
	}

	@Test
	void callBeyondTheRoleNamesTheRoleThatIsNeeded() {
		Answer answer = call("DELETE", "/jobs/a", TestKeys.VIEWER);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.problem()).isEqualTo("role-missing");
		assertThat(answer.detail()).contains("producer", "looker");
		assertThat(call("GET", "/gallery?refresh=true", TestKeys.VIEWER).status()).isEqualTo(403);
		assertThat(call("GET", "/gallery?refresh=false", TestKeys.VIEWER).status()).isEqualTo(200);
		assertThat(call("GET", "/gallery?refresh=true", TestKeys.PRODUCER).status()).isEqualTo(200);
		assertThat(call("GET", "/actuator/prometheus", TestKeys.PRODUCER).status()).isEqualTo(403);
		assertThat(call("GET", "/actuator/prometheus", TestKeys.ADMIN).status()).isEqualTo(200);
	}

	@Test
	void unknownCallIsDeniedToAll() {
		assertThat(call("GET", "/anything", null).status()).isEqualTo(401);
		assertThat(call("GET", "/anything", TestKeys.ADMIN).status()).isEqualTo(403);
	}

	@Test
	void healthGroupsNeedNoKey() {
		assertThat(call("GET", "/actuator/health/liveness", null).status()).isEqualTo(200);
		assertThat(call("GET", "/actuator/health/readiness", null).status()).isEqualTo(200);
		assertThat(call("GET", "/actuator/health", null).status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//gallery", "/gallery;a=b", "/./gallery", "/session/../gallery", "/session/..;/gallery",
			"/%67allery", "/gallery/", "/session/%2e%2e/gallery", "/gallery%2f", "/gallery%00", "/GALLERY",
			"/actuator/health/liveness/../../../gallery", "/session;/../gallery", "/\\gallery" })
	void noSpellingOfAPathIsAnsweredWithoutAKey(String path) {
		call("GET", "/gallery", TestKeys.VIEWER);
		assertThat(statusOf("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).isIn(400, 401,
				404);
	}

	/** Writes HTTP by hand, because HTTP clients make paths normal. */
	private int statusOf(String request) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return Integer
				.parseInt(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1).substring(9));
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%2Fb.txt", "a;b=c.txt", "a//b.txt", "a%3Bb.txt", "a%25.txt" })
	void keysOfObjectsWithUnusualCharactersPassTheFirewall(String key) {
		String path = "/buckets/openshorts.app-clips/objects/" + key;
		assertThat(call("PUT", path, TestKeys.PRODUCER).status()).isEqualTo(403);
		assertThat(call("GET", path, TestKeys.ADMIN).problem())
			// The embedded engine does not take an empty segment.
			.isIn("object-not-found", "value-refused");
	}

	@Test
	void wrongKeysAreThrottledAndARightOneIsNot() {
		for (int tries = 0; tries < FailedProofs.ALLOWED; tries++) {
			assertThat(call("GET", "/jobs", "cv_wrong").status()).isIn(401, 429);
		}
		Answer refused = call("GET", "/jobs", "cv_wrong");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Retry-After")).hasValue("60");
		assertThat(call("GET", "/jobs", TestKeys.VIEWER).status()).isEqualTo(200);
	}

	@Test
	void changeIsALineInTheLogWithTheNameOfTheKeyAndTheOutcome(CapturedOutput output) {
		call("DELETE", "/jobs/unknown-here", TestKeys.PRODUCER);
		call("DELETE", "/jobs/unknown-here", TestKeys.VIEWER);
		assertThat(output.toString())
			.containsPattern("ci \\([0-9a-f]{8}\\) from 127\\.0\\.0\\.1: DELETE /jobs/unknown-here 404")
			.containsPattern("looker \\([0-9a-f]{8}\\) from 127\\.0\\.0\\.1: DELETE /jobs/unknown-here 403")
			.doesNotContain(TestKeys.PRODUCER, TestKeys.VIEWER);
	}

	@Test
	void answersCarryTheHeadersThatKeepThemFromOtherSites() {
		Answer answer = call("GET", "/gallery", TestKeys.VIEWER);
		assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
		assertThat(answer.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'");
		assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
	}

	private Answer link(String body, String key) {
		return this.caller.send(this.caller.request("/links")
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + key)
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	@Test
	void linkOfAViewerIsOnlyToReadFilesOfJobs() {
		assertThat(link("{\"key\": \"talk/talk_clip_1.mp4\"}", TestKeys.VIEWER).problem())
			.isEqualTo("object-not-found");
		for (String key : new String[] { "_uploads/a.mp4", "song.mp3", "talk/.clipvault.json", "talk/a/b.mp4" }) {
			assertThat(link("{\"key\": \"" + key + "\"}", TestKeys.PRODUCER).problem()).as(key)
				.isEqualTo("role-missing");
			assertThat(link("{\"key\": \"" + key + "\"}", TestKeys.ADMIN).problem()).as(key)
				.isEqualTo("object-not-found");
		}
		String write = "{\"key\": \"talk/talk_metadata.json\", \"method\": \"PUT\"}";
		assertThat(link(write, TestKeys.PRODUCER).problem()).isEqualTo("role-missing");
		assertThat(link(write, TestKeys.ADMIN).status()).isEqualTo(200);
	}

	@Test
	void restoreToANamedDirectoryIsForAdmins() {
		String path = "/jobs/none/restore";
		assertThat(this.caller
			.send(this.caller.request(path)
				.header("Content-Type", "application/json")
				.header("Authorization", "Bearer " + TestKeys.PRODUCER)
				.POST(HttpRequest.BodyPublishers.ofString("{\"directory\": \"elsewhere\"}")))
			.problem()).isEqualTo("role-missing");
		assertThat(this.caller
			.send(this.caller.request(path)
				.header("Content-Type", "application/json")
				.header("Authorization", "Bearer " + TestKeys.PRODUCER)
				.POST(HttpRequest.BodyPublishers.ofString("{}")))
			.problem()).isEqualTo("no-artifacts");
	}

	@Test
	void jobSaysWhichKeyPostedIt() {
		assertThat(this.caller
			.send(this.caller.request("/jobs/made-by-key/completion")
				.header("Content-Type", "application/json")
				.header("X-API-Key", TestKeys.PRODUCER)
				.POST(HttpRequest.BodyPublishers.ofString("{\"return_code\": 1}")))
			.json()
			.path("created_by")
			.asString()).isEqualTo("ci");
	}

	private Answer signIn(String key) {
		return this.caller.post("/session", "{\"key\": \"" + key + "\"}");
	}

	private static String cookie(Answer answer) {
		return answer.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
	}

	private Answer withCookie(String method, String path, String cookie, String... headers) {
		HttpRequest.Builder request = this.caller.request(path)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.header("Cookie", cookie);
		return this.caller.send((headers.length == 0) ? request : request.headers(headers));
	}

	@Test
	void sessionBeginsWithAKeyAndEndsWhenItIsDeleted() {
		Answer begun = signIn(TestKeys.PRODUCER);
		assertThat(begun.status()).isEqualTo(200);
		assertThat(begun.header("Set-Cookie").orElseThrow()).contains("HttpOnly", "SameSite=Strict", "Path=/")
			.doesNotContain(TestKeys.PRODUCER);
		String cookie = cookie(begun);
		assertThat(withCookie("GET", "/session", cookie).json().path("name").asString()).isEqualTo("ci");
		assertThat(withCookie("GET", "/session", cookie).json().path("role").asString()).isEqualTo("producer");
		assertThat(withCookie("GET", "/session", cookie).json().path("ends_at").asString()).isNotEmpty();
		assertThat(withCookie("GET", "/gallery", cookie).status()).isEqualTo(200);
		assertThat(withCookie("DELETE", "/session", cookie).status()).isEqualTo(403);
		assertThat(
				withCookie("DELETE", "/session", cookie, "Origin", this.caller.base(), "Sec-Fetch-Site", "same-origin")
					.status())
			.isEqualTo(204);
		assertThat(withCookie("GET", "/gallery", cookie).status()).isEqualTo(401);
		assertThat(this.database.sql(
				"SELECT COUNT(*) FROM spring_session_attributes a WHERE NOT EXISTS (SELECT 1 FROM spring_session s WHERE s.primary_id = a.session_primary_id)")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void changeWithACookieNeedsTheOwnOriginAndSite() {
		String cookie = cookie(signIn(TestKeys.PRODUCER));
		String own = this.caller.base();
		assertThat(withCookie("DELETE", "/jobs/none", cookie).problem()).isEqualTo("foreign-caller");
		assertThat(withCookie("DELETE", "/jobs/none", cookie, "Origin", own).problem()).isEqualTo("foreign-caller");
		assertThat(withCookie("DELETE", "/jobs/none", cookie, "Origin", own, "Sec-Fetch-Site", "same-site").problem())
			.isEqualTo("foreign-caller");
		assertThat(withCookie("DELETE", "/jobs/none", cookie, "Origin", own, "Sec-Fetch-Site", "same-origin").problem())
			.isEqualTo("job-not-found");
	}

	@Test
	void sessionCostsNoWriteForARequest() {
		String cookie = cookie(signIn(TestKeys.VIEWER));
		String lastUses = "SELECT SUM(last_access_time) FROM spring_session";
		long before = this.database.sql(lastUses).query(Long.class).single();
		assertThat(withCookie("GET", "/jobs", cookie).status()).isEqualTo(200);
		assertThat(this.database.sql(lastUses).query(Long.class).single()).isEqualTo(before);
	}

	@Test
	void databaseHoldsNeitherKeyNorCookie() {
		String cookie = cookie(signIn(TestKeys.VIEWER));
		String secret = cookie.substring(cookie.indexOf('.') + 1);
		assertThat(this.database.sql("SELECT attribute_bytes FROM spring_session_attributes")
			.query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
			.list()).isNotEmpty().noneMatch((text) -> text.contains(secret) || text.contains(TestKeys.VIEWER));
	}

	@ParameterizedTest
	@ValueSource(strings = { "clipvault=x", "clipvault=.", "clipvault=a.b", "clipvault=", "clipvault=a.b.c" })
	void inventedCookieIsNobody(String cookie) {
		assertThat(withCookie("GET", "/jobs", cookie).status()).isEqualTo(401);
	}

	@Test
	void sessionWithAWrongKeyIsRefused() {
		assertThat(signIn("cv_wrong").status()).isIn(401, 429);
	}

}
