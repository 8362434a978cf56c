package io.clipvault.objects.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.clipvault.kit.Crowd;
import io.clipvault.abilities.PartLimit;
import io.clipvault.objects.BucketNames;
import io.clipvault.objects.ObjectsSettings;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

class ObjectWriterTests {

	private static final int LARGE = 5 << 20;

	private static final ObjectWriter.Target TARGET = new ObjectWriter.Target(BucketNames.of("clips"),
			new ObjectKey("a.mp4"), new NewObject("video/mp4", new NewObject.ContentHeaders(null, null, null, null),
					new UserMetadata(Map.of()), new NewObject.Placement(null, null, null), false));

	private final S3Client s3 = Mockito.mock();

	private final StoreCalls calls = Mockito.mock();

	/** Nobody waits for memory. */
	private final ObjectWriter writer = writer(BufferBudgetTests.settings(5, 32));

	private ObjectWriter writer(ObjectsSettings settings) {
		PartLimit limit = Mockito.mock(PartLimit.class, (call) -> PartLimit.MOST);
		return new ObjectWriter(this.s3, this.calls, new BufferBudget(settings, Duration.ZERO),
				new BodyParts(limit, settings), Mockito.mock());
	}

	@BeforeEach
	void storeTakesEverything() {
		given(this.calls.on(any(), any(), any(), any()))
			.willAnswer((call) -> call.<Supplier<Object>>getArgument(3).get());
		given(this.s3.putObject(any(PutObjectRequest.class), any(RequestBody.class)))
			.willReturn(PutObjectResponse.builder().eTag("\"tag\"").build());
	}

	@Test
	void writeWhenOtherBodiesStopAfterTheirFirstBytesHasTheMemory() throws InterruptedException {
		try (Crowd stalled = new Crowd(200)) {
			stalled.enter(() -> this.writer.write(TARGET, stalled.body(10), LARGE));
			assertThat(this.writer.write(TARGET, zeros(LARGE), LARGE).size()).isEqualTo(LARGE);
			assertThat(this.writer.write(TARGET, zeros(LARGE), -1).size()).isEqualTo(LARGE);
		}
	}

	@Test
	void writeWhenAllPlacesAreTakenIsRefusedAtOnce() throws InterruptedException {
		try (Crowd stalled = new Crowd(ObjectWriter.MOST_BODIES)) {
			stalled.enter(() -> this.writer.write(TARGET, stalled.body(10), LARGE));
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.writer.write(TARGET, zeros(1), 1))
				.extracting(Problem::type)
				.isEqualTo(ProblemType.UPLOADS_BUSY);
		}
		assertThat(this.writer.write(TARGET, zeros(1), 1).size()).isOne();
	}

	private static InputStream zeros(int count) {
		return new ByteArrayInputStream(new byte[count]);
	}

}
