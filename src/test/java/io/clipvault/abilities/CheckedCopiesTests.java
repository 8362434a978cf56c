package io.clipvault.abilities;

import java.util.Optional;

import io.clipvault.kit.FaultProxy;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ProxiedStore;
import io.clipvault.storage.StoreFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A store that compares another ETag than it tells, for objects made of parts. */
class CheckedCopiesTests {

	private final ProxiedStore proxied = new ProxiedStore();

	private final CheckedCopies copies = TestAbilities.copies(this.proxied);

	@AfterEach
	void close() {
		this.proxied.close();
	}

	@Test
	void copyWhenTheStoreRefusesAnUnchangedObjectIsMadeWithoutTheCondition() {
		String tag = put("source", "one");
		refuseConditions();
		this.copies.copy(copy(tag));
		assertThat(
				this.proxied.s3().getObjectAsBytes((get) -> get.bucket(ProxiedStore.BUCKET).key("copy")).asUtf8String())
			.isEqualTo("one");
	}

	@Test
	void copyWhenTheObjectHasChangedIsRefused() {
		String tag = put("source", "one");
		put("source", "two");
		refuseConditions();
		assertNoCopy(tag);
	}

	@Test
	void copyWhenTheStoreIgnoresTheConditionIsStillRefusedIfTheObjectHasChanged() {
		String tag = put("source", "one");
		put("source", "two");
		// As Ceph does, which reads another header.
		this.proxied.answer((head) -> head.startsWith("PUT ") && head.contains("0000000000000000")
				? Optional.of(new FaultProxy.Reply(200, "<CopyObjectResult><ETag>x</ETag></CopyObjectResult>"))
				: Optional.empty());
		assertNoCopy(tag);
	}

	@Test
	void copyWhenTheStoreIsOnlyThenFoundToBeWrongReadsTheTagAgain() {
		String tag = put("source", "one");
		this.proxied.answer("^", FaultProxy.Reply.error(403, "AccessDenied", "No questions."));
		CheckedCopies unasked = TestAbilities.copies(this.proxied);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> unasked.copy(copy(tag)));
		refuseConditions();
		unasked.copy(copy(tag));
		assertThat(this.proxied.store().head("copy")).isPresent();
	}

	private void assertNoCopy(String tag) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.copies.copy(copy(tag)))
			.satisfies((refused) -> assertThat(refused.type()).isEqualTo(ProblemType.CONDITION_FAILED));
		assertThat(this.proxied.store().head("copy")).isEmpty();
	}

	private void refuseConditions() {
		this.proxied.answer("^PUT .*x-amz-copy-source-if-match",
				FaultProxy.Reply.error(412, "PreconditionFailed", "Another ETag."));
	}

	private String put(String key, String content) {
		return this.proxied.s3()
			.putObject((put) -> put.bucket(ProxiedStore.BUCKET).key(key), RequestBody.fromString(content))
			.eTag();
	}

	private static CopyObjectRequest copy(String tag) {
		return CopyObjectRequest.builder()
			.sourceBucket(ProxiedStore.BUCKET)
			.sourceKey("source")
			.copySourceIfMatch(tag)
			.destinationBucket(ProxiedStore.BUCKET)
			.destinationKey("copy")
			.build();
	}

}
