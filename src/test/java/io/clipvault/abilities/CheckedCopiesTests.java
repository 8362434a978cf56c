package io.clipvault.abilities;

import io.clipvault.kit.FaultProxy;
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
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> this.copies.copy(copy(tag)))
			.satisfies((refused) -> assertThat(refused.status()).isEqualTo(412));
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
