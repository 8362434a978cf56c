package io.clipvault.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.clipvault.kit.FaultProxy;
import io.clipvault.problems.ProblemType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the client does for stores that are older or stranger than S3. */
class OldStoreTests {

	private final ProxiedStore proxied = new ProxiedStore();

	@AfterEach
	void close() {
		this.proxied.close();
	}

	@Test
	void deleteWhenTheStoreWantsAnMd5OfTheBodyIsTaken() {
		put("a");
		put("b");
		this.proxied.answer((head) -> (head.startsWith("POST /" + ProxiedStore.BUCKET + "?delete")
				&& !head.toLowerCase(Locale.ROOT).contains("\r\ncontent-md5:"))
						? Optional.of(FaultProxy.Reply.error(400, "InvalidRequest", "Missing Content-MD5"))
						: Optional.empty());
		assertThat(this.proxied.store()
			.delete(ProxiedStore.BUCKET,
					List.of(ObjectIdentifier.builder().key("a").build(), ObjectIdentifier.builder().key("b").build())))
			.isEmpty();
		assertThat(this.proxied.store().head("a")).isEmpty();
		assertThat(this.proxied.requests()).anyMatch((line) -> line.startsWith("POST "));
	}

	@Test
	void deleteWhenTheStoreHasNoBatchesDeletesOneByOne() {
		put("a");
		put("b");
		this.proxied.answer("^POST [^ ]*[?&]delete", FaultProxy.Reply.error(501, "NotImplemented", "Never."));
		for (String key : List.of("a", "b")) {
			this.proxied.store().delete(ProxiedStore.BUCKET, List.of(ObjectIdentifier.builder().key(key).build()));
			assertThat(this.proxied.store().head(key)).isEmpty();
		}
		assertThat(this.proxied.requests()).filteredOn((line) -> line.startsWith("POST ")).hasSize(1);
	}

	@Test
	void putCarriesNoMd5() {
		this.proxied.answer("^PUT .*\r\ncontent-md5:", FaultProxy.Reply.error(400, "InvalidRequest", "An MD5"));
		put("a");
		assertThat(this.proxied.store().head("a")).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "",
			"<?xml version='1.0' encoding='UTF-8'?><ListBucketResult><Name>b</Name></ListBucketResult>" })
	void readWhenTheAnswerIsSomethingElseSaysThatTheStoreCannot(String body) {
		this.proxied.answer("^GET .*\\?(lifecycle|cors|versioning|versions|uploads)", new FaultProxy.Reply(200, body));
		Store store = this.proxied.store();
		List<Runnable> reads = List.of(
				() -> this.proxied.s3().getBucketLifecycleConfiguration((get) -> get.bucket(ProxiedStore.BUCKET)),
				() -> this.proxied.s3().getBucketCors((get) -> get.bucket(ProxiedStore.BUCKET)),
				() -> this.proxied.s3().getBucketVersioning((get) -> get.bucket(ProxiedStore.BUCKET)),
				() -> this.proxied.s3().listObjectVersions((list) -> list.bucket(ProxiedStore.BUCKET)),
				() -> this.proxied.s3().listMultipartUploads((list) -> list.bucket(ProxiedStore.BUCKET)));
		assertThat(reads)
			.allSatisfy((read) -> assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.call(() -> {
				read.run();
				return "";
			})).satisfies((failure) -> assertThat(failure.type()).isEqualTo(ProblemType.STORE_CANNOT)));
		assertThat(this.proxied.requests()).as("nothing is tried again").hasSize(reads.size());
	}

	private void put(String key) {
		this.proxied.s3().putObject((put) -> put.bucket(ProxiedStore.BUCKET).key(key), RequestBody.fromString("x"));
	}

}
