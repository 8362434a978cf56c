package io.clipvault.links;

import io.clipvault.kit.FaultProxy;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.security.SecuritySettings;
import io.clipvault.storage.ProxiedStore;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A store that ignores the subresource of CORS rules. */
class UnknownCorsTests {

	@Test
	void setWhenTheStoreAnswersTheReadWithAListingWritesNothingAndSaysThatItCannot() {
		try (ProxiedStore proxied = new ProxiedStore()) {
			proxied.answer("^GET [^ ]*\\?cors ", new FaultProxy.Reply(200, "<ListBucketResult/>"));
			SecuritySettings security = Mockito.mock();
			Mockito.when(security.frontends()).thenReturn(java.util.List.of("https://clips.example.org"));
			StoreCors cors = new StoreCors(proxied.s3(), proxied.store(), security);
			assertThatExceptionOfType(Problem.class).isThrownBy(cors::set)
				.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.STORE_CANNOT));
			assertThat(proxied.requests()).hasSize(1);
		}
	}

}
