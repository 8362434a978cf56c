package io.clipvault.links;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.security.SecuritySettings;
import io.clipvault.storage.Store;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.stereotype.Component;

/** Lets the configured frontends through to the bucket, beside the rules of others. */
@Component
class StoreCors {

	/** Marks the one rule that is ours to replace. */
	private static final String RULE = "clipvault";

	private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE");

	/**
	 * What a page reads of an answer: without it, no part of an upload can be completed.
	 */
	private static final String EXPOSED = "ETag";

	private static final int REMEMBERED_SECONDS = 3600;

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
			// The engine was started with these frontends and answers no calls about
			// them.
			return new CorsReport(this.frontends, List.of());
		}
		List<CORSRule> rules = rules();
		return new CorsReport(this.frontends,
				this.frontends.stream().flatMap((frontend) -> missing(frontend, rules)).toList());
	}

	CorsReport set() {
		if (this.frontends.isEmpty()) {
			throw new Problem(ProblemType.NO_FRONTENDS,
					"No frontend is configured: name the origins of its pages in clipvault.security.frontends and restart.");
		}
		if (!this.store.embedded()) {
			List<CORSRule> rules = new ArrayList<>(rules().stream().filter((rule) -> !RULE.equals(rule.id())).toList());
			rules.add(CORSRule.builder()
				.id(RULE)
				.allowedOrigins(this.frontends)
				.allowedMethods(METHODS)
				.allowedHeaders("*")
				.exposeHeaders(EXPOSED)
				.maxAgeSeconds(REMEMBERED_SECONDS)
				.build());
			this.store.call(() -> supported(() -> this.s3.putBucketCors(
					(put) -> put.bucket(this.store.bucket()).corsConfiguration((cors) -> cors.corsRules(rules)))));
		}
		return check();
	}

	private List<CORSRule> rules() {
		return this.store.call(() -> {
			try {
				return supported(() -> this.s3.getBucketCors((get) -> get.bucket(this.store.bucket())).corsRules());
			}
			catch (S3Exception none) {
				if ("NoSuchCORSConfiguration".equals(code(none))) {
					return List.<CORSRule>of();
				}
				throw none;
			}
		});
	}

	private <T> T supported(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (AwsServiceException refusal) {
			if (refusal.statusCode() == 501) {
				throw new Problem(ProblemType.STORE_CANNOT,
						"%s has no CORS rules that can be read or set by a call: set them as its manual says."
							.formatted(this.store.name()),
						refusal);
			}
			throw refusal;
		}
	}

	private static String code(AwsServiceException refusal) {
		return (refusal.awsErrorDetails() == null) ? "" : String.valueOf(refusal.awsErrorDetails().errorCode());
	}

	static Stream<String> missing(String frontend, List<CORSRule> rules) {
		List<CORSRule> own = rules.stream()
			.filter((rule) -> rule.allowedOrigins().stream().anyMatch((origin) -> covers(origin, frontend)))
			.toList();
		return METHODS.stream().flatMap((method) -> {
			// The store takes the first rule that fits the origin and the method.
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
