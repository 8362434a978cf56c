package io.clipvault.jobs.artifacts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.clipvault.jobs.JobRemoved;
import io.clipvault.jobs.ledger.Holds;
import io.clipvault.layouts.JobId;
import io.clipvault.links.Links;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.StoreFailure;
import io.clipvault.storage.TestStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArtifactStoreTests {

	private static final JobId JOB = new JobId("talk");

	private final List<Object> told = new ArrayList<>();

	private final Holds holds = Mockito.mock();

	private final Holds.Hold hold = Mockito.mock();

	@Test
	void removeWhenThereAreManyAsksOnceForABatchMetadataFirst() {
		Bucket bucket = new Bucket(Stream
			.concat(Stream.of("talk/talk_metadata.json"),
					IntStream.range(0, 501).mapToObj("talk/talk_clip_%d.mp4"::formatted))
			.toList());
		assertThat(artifacts(bucket).remove(JOB)).isEqualTo(502);
		Mockito.verify(this.hold, Mockito.times(2)).renew();
		Mockito.verify(this.hold).close();
		assertThat(bucket.calls).extracting(List::size).containsExactly(1, 250, 250, 1);
		assertThat(bucket.calls.getFirst()).containsExactly("talk/talk_metadata.json");
		assertThat(this.told).containsExactly(new JobRemoved(JOB));
	}

	@Test
	void removeWhenANameHasAControlCharacterRemovesItAlone() {
		Bucket bucket = new Bucket(List.of("talk/a\u0001.mp4", "talk/b.mp4"));
		assertThat(artifacts(bucket).remove(JOB)).isEqualTo(2);
		assertThat(bucket.calls).containsExactly(List.of("talk/a\u0001.mp4"), List.of("talk/b.mp4"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					AccessDenied  | STORE_REFUSED     | refuses permission on the bucket 'clips': allow this key the call (talk/b.mp4: Because)
					InternalError | STORE_UNREACHABLE | answered 500 InternalError: talk/b.mp4: Because
					""")
	void removeWhenTheStoreKeepsOneObjectSaysWhichAndWhy(String code, ProblemType type, String words) {
		Bucket bucket = new Bucket(List.of("talk/a_metadata.json", "talk/b.mp4"));
		bucket.kept = (key) -> key.endsWith("b.mp4") ? code : "";
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> artifacts(bucket).remove(JOB))
			.satisfies((failure) -> {
				assertThat(failure.type()).isEqualTo(type);
				assertThat(failure.detail()).contains(words);
			});
		assertThat(this.told).containsExactly(new JobRemoved(JOB));
	}

	@Test
	void removeWhenAnObjectWentMeanwhileGoesOn() {
		Bucket bucket = new Bucket(List.of("talk/a.mp4", "talk/b.mp4"));
		bucket.kept = (key) -> key.endsWith("a.mp4") ? "NoSuchKey" : "";
		assertThat(artifacts(bucket).remove(JOB)).isEqualTo(2);
	}

	@Test
	void removeWhenItFailsAtTheMetadataStillTellsTheGalleryAndKeepsTheClips() {
		Bucket bucket = new Bucket(List.of("talk/a.mp4", "talk/a_metadata.json"));
		bucket.kept = (key) -> {
			throw SdkClientException.create("The answer was lost");
		};
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> artifacts(bucket).remove(JOB));
		assertThat(this.told).containsExactly(new JobRemoved(JOB));
		assertThat(bucket.calls).containsExactly(List.of("talk/a_metadata.json"));
	}

	private ArtifactStore artifacts(S3Client s3) {
		Mockito.when(this.holds.hold(JOB)).thenReturn(this.hold);
		return new ArtifactStore(s3, TestStores.of(s3, "clips", ""), Mockito.mock(Links.class), this.holds,
				this.told::add);
	}

	/** Lists what it was given, and remembers what it is to remove. */
	private static final class Bucket implements S3Client {

		final List<List<String>> calls = new ArrayList<>();

		/** The code with which a key is kept; empty if it goes. */
		Function<String, String> kept = (key) -> "";

		private final List<String> keys;

		Bucket(List<String> keys) {
			this.keys = keys;
		}

		@Override
		public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
			return ListObjectsV2Response.builder()
				.contents(this.keys.stream()
					.map((key) -> S3Object.builder().key(key).size(1L).lastModified(Instant.EPOCH).build())
					.toList())
				.build();
		}

		@Override
		public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
			List<String> wanted = request.delete().objects().stream().map(ObjectIdentifier::key).toList();
			this.calls.add(wanted);
			return DeleteObjectsResponse.builder()
				.errors(wanted.stream()
					.filter((key) -> !this.kept.apply(key).isEmpty())
					.map((key) -> S3Error.builder().key(key).code(this.kept.apply(key)).message("Because").build())
					.toList())
				.build();
		}

		@Override
		public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
			this.calls.add(List.of(request.key()));
			return DeleteObjectResponse.builder().build();
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
