package io.clipvault.security;

import java.time.Instant;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.problems.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs people in and out who call from a browser. */
@RestController
@RequestMapping(path = "/session", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Session", description = "Sign in from a browser with a key, and out again")
class SessionController {

	private final Proofs proofs;

	private final FailedProofs failures;

	private final BrowserSessions<?> sessions;

	SessionController(Proofs proofs, FailedProofs failures, BrowserSessions<?> sessions) {
		this.proofs = proofs;
		this.failures = failures;
		this.sessions = sessions;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@Operation(summary = "Sign in with a key",
			description = "Sets a cookie that scripts cannot read. It ends after an hour without use, after twelve hours, and with its key.")
	@ApiResponse(responseCode = "200", description = "Signed in")
	@Refuses({ ProblemType.INVALID_REQUEST, ProblemType.UNSUPPORTED_MEDIA_TYPE })
	ResponseEntity<Shown> signIn(@Valid @RequestBody SignIn request,
			@Parameter(hidden = true) HttpServletRequest http) {
		ApiKey key = this.proofs.key(request.key()).orElse(null);
		if (key == null) {
			this.failures.count(http.getRemoteAddr());
			throw new Problem(ProblemType.UNAUTHENTICATED,
					"This key is not known: check that you have copied all of it, or ask for a new one.");
		}
		SessionCookie.read(http).ifPresent(this.sessions::end);
		BrowserSessions.Opened opened = this.sessions.open(key);
		return ResponseEntity.ok()
			.header(HttpHeaders.SET_COOKIE, SessionCookie.set(http, opened.cookie()))
			.cacheControl(CacheControl.noStore())
			.body(Shown.of(key.caller(), opened.session().endsAt()));
	}

	@GetMapping
	@Operation(summary = "Who is calling, with which role",
			description = "'ends_at' is when the session ends at the latest; null if a key or nothing was sent.")
	@ApiResponse(responseCode = "200", description = "The caller")
	ResponseEntity<Shown> who(@Parameter(hidden = true) HttpServletRequest http) {
		boolean byCookie = SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication known
				&& known.isByCookie();
		Instant endsAt = byCookie
				? SessionCookie.read(http).flatMap(this.sessions::find).map(BrowserSessions.Found::endsAt).orElse(null)
				: null;
		Caller caller = Caller.current();
		if (caller.role() == null) {
			throw new Problem(ProblemType.UNAUTHENTICATED,
					"Nobody is signed in: sign in with POST /session, or send a key as 'Authorization: Bearer cv_…'.");
		}
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Shown.of(caller, endsAt));
	}

	@DeleteMapping
	@Operation(summary = "Sign out")
	@ApiResponse(responseCode = "204", description = "Signed out, or nobody was signed in")
	ResponseEntity<Void> signOut(@Parameter(hidden = true) HttpServletRequest http) {
		SessionCookie.read(http).ifPresent((cookie) -> {
			if (!OwnPage.sent(http)) {
				throw OwnPage.refusal();
			}
			this.sessions.end(cookie);
		});
		return ResponseEntity.status(HttpStatus.NO_CONTENT)
			.header(HttpHeaders.SET_COOKIE, SessionCookie.set(http, ""))
			.build();
	}

	/** A key, sent once to get a session. */
	record SignIn(@Schema(description = "The key", example = "cv_…") @NotBlank @Size(max = 128,
			message = "must be at most 128 characters long") String key) {

		@Override
		public String toString() {
			return "SignIn[key=…]";
		}

	}

	/** A caller, as shown to itself. */
	@Schema(name = "Session")
	record Shown(@Schema(example = "ci") @Nullable String name, @Schema(example = "producer") String role,
			@Nullable Instant endsAt) {

		static Shown of(Caller caller, @Nullable Instant endsAt) {
			return new Shown(caller.name(), (caller.role() == null) ? "none" : caller.role().word(), endsAt);
		}

	}

}
