package io.clipvault.jobs.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.clipvault.abilities.TestAbilities;
import io.clipvault.jobs.folders.Artifact;
import io.clipvault.jobs.folders.ContentDigest;
import io.clipvault.jobs.folders.RootedFile;
import io.clipvault.jobs.ledger.BytesInFlight;
import io.clipvault.jobs.ledger.Claim;
import io.clipvault.kit.FaultProxy;
import io.clipvault.layouts.ArtifactName;
import io.clipvault.layouts.JobId;
import io.clipvault.storage.PlacementSettings;
import io.clipvault.storage.ProxiedStore;
import io.clipvault.storage.Store;
import io.clipvault.storage.StoreFailure;
import io.clipvault.storage.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobObjectsTests {

	@Test
	void putWhenTheSdkTriesAgainLeavesNoFileOpen(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("talk_clip_1.mp4"), "video");
		RetryingClient s3 = new RetryingClient();
		Store store = TestStores.of(s3, "clips", "");
		JobObjects objects = new JobObjects(s3, store,
				new ObjectHeaders(store, new PlacementSettings(null, null, null)),
				new SentBytes(new BytesInFlight(), new SimpleMeterRegistry()), TestAbilities.asked(s3, store));
		objects.put(new Sending(
				new Claim(new JobId("talk"), 1), new Artifact(new ArtifactName("talk_clip_1.mp4"),
						new RootedFile(folder, file), "talk/talk_clip_1.mp4", 5),
				new ContentDigest(5, ContentDigest.WHOLE, List.of("0".repeat(64)))));
		assertThat(s3.opened).hasSize(3)
			.allSatisfy((stream) -> assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(stream::read));
	}

	@Test
	void unfinishedWhenTheStoreCannotListUploadsIsNone() {
		try (ProxiedStore proxied = new ProxiedStore()) {
			proxied.answer("^GET [^ ]*[?&]uploads", FaultProxy.Reply.error(501, "NotImplemented", "Never."));
			assertThat(objects(proxied).unfinished(new JobId("talk"))).isEmpty();
		}
	}

	@Test
	void sendPartWhenTheStoreTakesFewerPartsNamesTheSettings(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("talk_clip_1.mp4"), "video");
		Sending sending = new Sending(
				new Claim(new JobId("talk"), 1), new Artifact(new ArtifactName("talk_clip_1.mp4"),
						new RootedFile(folder, file), "talk/talk_clip_1.mp4", 5),
				new ContentDigest(5, 3, List.of("0".repeat(64), "0".repeat(64))));
		try (ProxiedStore proxied = new ProxiedStore()) {
			proxied.answer("^PUT [^ ]*partNumber=2",
					FaultProxy.Reply.error(400, "InvalidArgument", "Part number must be between 1 and 1."));
			assertThatExceptionOfType(StoreFailure.class)
				.isThrownBy(() -> objects(proxied).sendPart(sending, "upload", 2))
				.withMessageContaining("between 1 and 1")
				.withMessageContaining("clipvault.storage.max-parts")
				.withMessageContaining("clipvault.upload.part-size")
				.satisfies((failure) -> assertThat(failure.permanent()).isTrue());
		}
	}

	private static JobObjects objects(ProxiedStore proxied) {
		return new JobObjects(proxied.s3(), proxied.store(),
				new ObjectHeaders(proxied.store(), new PlacementSettings(null, null, null)),
				new SentBytes(new BytesInFlight(), new SimpleMeterRegistry()), TestAbilities.of(proxied));
	}

	/** Asks for the body three times, as the SDK does for two retries. */
	private static final class RetryingClient implements S3Client {

		private final List<InputStream> opened = new ArrayList<>();

		@Override
		public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
			for (int attempt = 1; attempt <= 3; attempt++) {
				this.opened.add(body.contentStreamProvider().newStream());
			}
			return PutObjectResponse.builder().build();
		}

		@Override
		public String serviceName() {
			return "s3";
		}

		@Override
		public void close() {
		}

	}

}
