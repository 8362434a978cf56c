package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.clipvault.jobs.folders.Hashing;
import io.clipvault.jobs.folders.JobDirectory;
import io.clipvault.kit.Caller;
import io.clipvault.kit.FreshFolders;
import io.clipvault.kit.JobFolder;
import io.clipvault.kit.SteppedService;
import io.clipvault.kit.SteppedTest;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.PlacementSettings;
import io.clipvault.storage.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SteppedTest
class AudioIntegrationTests {

	private final Caller caller;

	private final Path root;

	AudioIntegrationTests(@Autowired SteppedService service) {
		this.caller = service.caller();
		this.root = service.root();
	}

	@ParameterizedTest
	@ValueSource(strings = { "my_cool_video", "my_cool_video.mp3", "my_cool_video.MP3" })
	void audioWhenDirectoryHasOneMp3StoresItUnderTheName(String name, @Autowired S3Client s3, @Autowired Store store) {
		byte[] sound = "la la la".getBytes(StandardCharsets.UTF_8);
		JobFolder.create(this.root, "sound", "talk").withClips(1).withFile("Narration.MP3", sound);
		Caller.Answer stored = this.caller.post("/audio",
				"{\"directory\": \"sound\", \"file_name\": \"" + name + "\"}");
		assertThat(stored.status()).isEqualTo(201);
		assertThat(stored.json().path("key").asString()).isEqualTo("my_cool_video.mp3");
		assertThat(stored.json().path("size").asInt()).isEqualTo(8);
		ResponseBytes<GetObjectResponse> object = s3
			.getObjectAsBytes((request) -> request.bucket(store.bucket()).key("my_cool_video.mp3"));
		assertThat(object.asByteArray()).isEqualTo(sound);
		assertThat(object.response().contentType()).isEqualTo("audio/mpeg");
	}

	@Test
	void audioWhenDirectoryHasNoneOrSeveralIsRefused() {
		JobFolder folder = JobFolder.create(this.root, "silent", "talk").withClips(1);
		Caller.Answer none = this.caller.post("/audio", "{\"directory\": \"silent\", \"file_name\": \"x\"}");
		assertThat(none.status()).isEqualTo(422);
		assertThat(none.problem()).isEqualTo("audio-missing");
		assertThat(none.detail()).contains("'silent' has no .mp3 file");
		folder.withFile("b.mp3", new byte[1]).withFile("a.mp3", new byte[1]);
		Caller.Answer several = this.caller.post("/audio", "{\"directory\": \"silent\", \"file_name\": \"x\"}");
		assertThat(several.status()).isEqualTo(422);
		assertThat(several.detail()).contains("has 2 .mp3 files (a.mp3, b.mp3)");
	}

	@Test
	void audioWhenALinkTookThePlaceOfTheFileStoresNothing(@Autowired JobDirectory directories, @Autowired S3Client s3,
			@Autowired Store store, @Autowired PlacementSettings placement, @Autowired Hashing hashing)
			throws IOException {
		Path secret = Files.writeString(FreshFolders.create("outside").resolve("a.mp3"), "secret");
		JobFolder.create(this.root, "swapped-sound", "talk").withFile("a.mp3", new byte[1]);
		JobDirectory swapping = Mockito.spy(directories);
		Mockito.doAnswer((files) -> {
			Object checked = files.callRealMethod();
			Path file = this.root.resolve("swapped-sound/a.mp3");
			Files.delete(file);
			Files.createSymbolicLink(file, secret);
			return checked;
		}).when(swapping).files("swapped-sound", ".mp3");
		Audio audio = new Audio(swapping, s3, store, placement, hashing);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> audio.store("swapped-sound", "stolen"))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.AUDIO_MISSING));
		assertThat(store.head("stolen.mp3")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../x", "a/b", "/x", "a\\\\b" })
	void audioWhenNameIsNotPlainIsRefused(String name) {
		JobFolder.create(this.root, "one-sound", "talk").withFile("a.mp3", new byte[1]);
		Caller.Answer refused = this.caller.post("/audio",
				"{\"directory\": \"one-sound\", \"file_name\": \"" + name + "\"}");
		assertThat(refused.problem()).isEqualTo("unusable-file-name");
		assertThat(this.caller.post("/audio", "{\"directory\": \"../..\", \"file_name\": \"x\"}").problem())
			.isEqualTo("directory-outside-root");
	}

}
