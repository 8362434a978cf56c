package io.clipvault.objects.rules;

import java.util.List;

import io.clipvault.kit.FaultProxy;
import io.clipvault.objects.BucketName;
import io.clipvault.objects.BucketNames;
import io.clipvault.objects.StoreCalls;
import io.clipvault.objects.TestCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ProxiedStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store that does not know rules and ignores what asks for them, so that a DELETE of
 * rules deletes the bucket.
 */
class UnknownRulesTests {

	private static final String LISTING = "<?xml version='1.0'?><ListBucketResult><Name>b</Name></ListBucketResult>";

	private static final BucketName BUCKET = BucketNames.of(ProxiedStore.BUCKET);

	private final ProxiedStore proxied = new ProxiedStore();

	private final StoreCalls calls = TestCalls.of(this.proxied.store());

	private final BucketRules rules = new BucketRules(this.proxied.s3(), this.proxied.store(), this.calls);

	@BeforeEach
	void ignoreSubresources() {
		this.proxied.answer("^GET [^ ]*\\?(lifecycle|cors|versioning) ", new FaultProxy.Reply(200, LISTING));
	}

	@AfterEach
	void close() {
		this.proxied.close();
	}

	@Test
	void removeSendsNoDeleteAndSaysThatTheStoreCannot() {
		assertCannot(() -> this.rules.removeLifecycle(BUCKET), "lifecycle rules");
		assertCannot(() -> this.rules.removeCors(BUCKET), "CORS rules");
	}

	@Test
	void setWritesNothingAndSaysThatTheStoreCannot() {
		LifecycleRules.Rule rule = new LifecycleRules.Rule("a", true, null, List.of(), null, null, 1);
		assertCannot(() -> this.rules.setLifecycle(BUCKET, new LifecycleRules(List.of(rule))), "lifecycle rules");
		CorsRules.Rule cors = new CorsRules.Rule("a", List.of("*"), List.of("GET"), null, null, null);
		assertCannot(() -> this.rules.setCors(BUCKET, new CorsRules(List.of(cors))), "CORS rules");
		assertCannot(() -> new BucketVersioning(this.proxied.s3(), this.calls).set(BUCKET,
				new Versioning(Versioning.State.ENABLED)), "versioning");
	}

	@Test
	void removeWhenThereAreNoRulesSendsNoDelete() {
		this.proxied.answer("^GET [^ ]*\\?(lifecycle|cors) ",
				FaultProxy.Reply.error(404, "NoSuchCORSConfiguration", "None."));
		this.rules.removeCors(BUCKET);
		assertThat(this.proxied.requests()).hasSize(1).allMatch((line) -> line.startsWith("GET "));
	}

	private void assertCannot(ThrowingCallable call, String feature) {
		assertThatExceptionOfType(Problem.class).isThrownBy(call).satisfies((problem) -> {
			assertThat(problem.type()).isEqualTo(ProblemType.STORE_CANNOT);
			assertThat(problem.detail()).contains("The test's store").contains(feature);
		});
		assertThat(this.proxied.requests()).allMatch((line) -> line.startsWith("GET "));
	}

}
