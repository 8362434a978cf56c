package io.clipvault.links;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.security.SecuritySettings;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

import org.springframework.stereotype.Component;

/** Keeps one CORS rule of the bucket that allows the configured frontends. */
@Component
class StoreCors {

	/** The id of the rule that this service may replace. */
	private static final String RULE = "clipvault";

	private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE");

	/** A page must read it after each part, or it cannot complete an upload. */
	private static final String EXPOSED = "ETag";

	private static final int MAX_AGE_SECONDS = 3600;

	private final S3Client s3;

	private final Store store;

	private final List<String> frontends;

	StoreCors(S3Client s3, Store store, SecuritySettings security) {
		this.s3 = s3;
		this.store = store;
		this.frontends = security.frontends();
	}

	CorsReport check() {
		if (this.store.embedded()) {
			// The engine was started with these frontends and has no CORS calls.
			return new CorsReport(this.frontends, List.of());
		}
		List<CORSRule> rules = rules();
		return new CorsReport(this.frontends,
				this.frontends.stream().flatMap((frontend) -> missing(frontend, rules)).toList());
	}

	CorsReport set() {
		if (this.frontends.isEmpty()) {
			throw new Problem(ProblemType.NO_FRONTENDS,
					"No frontend is configured: set clipvault.security.frontends to the origins of its pages and restart.");
		}
		if (!this.store.embedded()) {
			List<CORSRule> rules = new ArrayList<>(rules().stream().filter((rule) -> !RULE.equals(rule.id())).toList());
			rules.add(CORSRule.builder()
				.id(RULE)
				.allowedOrigins(this.frontends)
				.allowedMethods(METHODS)
				.allowedHeaders("*")
				.exposeHeaders(EXPOSED)
				.maxAgeSeconds(MAX_AGE_SECONDS)
				.build());
			put(rules);
		}
		return check();
	}

	private List<CORSRule> rules() {
		try {
			return this.store.call(() -> this.s3.getBucketCors((get) -> get.bucket(this.store.bucket())).corsRules());
		}
		catch (StoreFailure failure) {
			if (failure.code().equals("NoSuchCORSConfiguration")) {
				return List.of();
			}
			throw named(failure);
		}
	}

	private void put(List<CORSRule> rules) {
		try {
			this.store.call(() -> this.s3.putBucketCors(
					(put) -> put.bucket(this.store.bucket()).corsConfiguration((cors) -> cors.corsRules(rules))));
		}
		catch (StoreFailure failure) {
			throw named(failure);
		}
	}

	private Problem named(StoreFailure failure) {
		if (!failure.unsupported()) {
			return failure;
		}
		return new Problem(ProblemType.STORE_CANNOT,
				"%s has no calls to read or set CORS rules: set them as its manual says.".formatted(this.store.name()),
				failure);
	}

	static Stream<String> missing(String frontend, List<CORSRule> rules) {
		List<CORSRule> own = rules.stream()
			.filter((rule) -> rule.allowedOrigins().stream().anyMatch((origin) -> covers(origin, frontend)))
			.toList();
		return METHODS.stream().flatMap((method) -> {
			// The store applies the first rule that matches the origin and the method.
			return own.stream()
				.filter((rule) -> rule.allowedMethods().contains(method))
				.findFirst()
				.map((rule) -> missing(frontend, method, rule))
				.orElseGet(() -> Stream.of("%s may not %s".formatted(frontend, method)));
		});
	}

	private static Stream<String> missing(String frontend, String method, CORSRule rule) {
		List<String> missing = new ArrayList<>();
		if (!rule.allowedHeaders().contains("*")) {
			missing.add("%s may not send every header with %s".formatted(frontend, method));
		}
		if (rule.exposeHeaders().stream().noneMatch(EXPOSED::equalsIgnoreCase)) {
			missing.add("%s may not read %s after %s".formatted(frontend, EXPOSED, method));
		}
		return missing.stream();
	}

	private static boolean covers(String allowed, String origin) {
		return Pattern.matches(Pattern.quote(allowed).replace("*", "\\E.*\\Q"), origin);
	}

}
