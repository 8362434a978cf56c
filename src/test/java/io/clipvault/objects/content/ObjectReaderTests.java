package io.clipvault.objects.content;

import java.time.Instant;
import java.util.function.Supplier;

import io.clipvault.kit.Crowd;
import io.clipvault.objects.BucketNames;
import io.clipvault.objects.StoreCalls;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.TestStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

class ObjectReaderTests {

	private final S3Client s3 = Mockito.mock();

	private final StoreCalls calls = Mockito.mock();

	private final ObjectReader reader = new ObjectReader(this.s3, this.calls, TestStores.of(this.s3, "clips", ""));

	@Test
	void readWhenSlowReadersHaveAllPlacesIsRefusedButDescribedAllTheSame() throws InterruptedException {
		given(this.calls.on(any(), any(), any(), any()))
			.willAnswer((call) -> call.<Supplier<Object>>getArgument(3).get());
		given(this.s3.headObject(any(HeadObjectRequest.class))).willReturn(
				HeadObjectResponse.builder().eTag("\"tag\"").lastModified(Instant.EPOCH).contentLength(10L).build());
		try (Crowd slow = new Crowd(ObjectReader.MOST)) {
			given(this.s3.getObject(any(GetObjectRequest.class)))
				.willAnswer((get) -> new ResponseInputStream<>(GetObjectResponse.builder().contentLength(10L).build(),
						AbortableInputStream.create(slow.body(9))));
			slow.enter(this::read);
			assertThatExceptionOfType(Problem.class).isThrownBy(this::read)
				.extracting(Problem::type)
				.isEqualTo(ProblemType.DOWNLOADS_BUSY);
			MockHttpServletResponse described = new MockHttpServletResponse();
			this.reader.describe(source(), new MockHttpServletRequest(), described);
			assertThat(described.getContentLength()).isEqualTo(10);
		}
	}

	private void read() {
		this.reader.read(source(), new MockHttpServletRequest(), new MockHttpServletResponse());
	}

	private static ObjectReader.Source source() {
		return new ObjectReader.Source(BucketNames.of("clips"), new ObjectKey("a.mp4"), null, null);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", delimiter = '|',
			value = { "public, max-age=60 | none | public, max-age=60",
					"public, max-age=60 | private | private, max-age=60",
					"PUBLIC, s-maxage=9, max-age=60 | private | private, max-age=60", "private | private | private",
					"no-store | private | private, no-store", "none | private | private", "none | none | none" })
	void cacheControlOfAnAnswerThatNeededAKeyNeverLetsAProxyKeepIt(String stored, String asked, String sent) {
		assertThat(ObjectReader.cacheControl(stored, asked)).isEqualTo(sent);
	}

}
