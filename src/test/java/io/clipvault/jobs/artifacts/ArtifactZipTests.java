package io.clipvault.jobs.artifacts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.clipvault.kit.FreshFolders;
import io.clipvault.storage.ObjectBytes;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

class ArtifactZipTests {

	private final ArtifactStore artifacts = Mockito.mock(ArtifactStore.class);

	@Test
	void writeWhenANameLeadsOutOfTheFolderLeavesTheObjectOutAndSaysSo() throws IOException {
		Mockito.when(this.artifacts.open(Mockito.any())).thenAnswer((call) -> Mockito.mock(ObjectBytes.class));
		Path file = written("../evil.mp4", "a/../../evil.mp4", "/etc/evil.mp4", "a\\..\\evil.mp4", "C:evil.mp4", "",
				"a//b.mp4", "folder/", "a\nb.mp4", ".", "talk_clip_1.mp4", "more/talk_clip_2.mp4", "talk: a..b.mp4");
		try (ZipFile zip = new ZipFile(file.toFile())) {
			assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("talk_clip_1.mp4", "more/talk_clip_2.mp4",
					"talk: a..b.mp4");
			assertThat(zip.getComment()).startsWith("10 objects are left out")
				.contains("'talk/../evil.mp4'")
				.doesNotContain("\n");
		}
	}

	@Test
	void writeWhenAllNamesArePlainHasNoComment() throws IOException {
		Mockito.when(this.artifacts.open(Mockito.any())).thenAnswer((call) -> Mockito.mock(ObjectBytes.class));
		try (ZipFile zip = new ZipFile(written("talk_clip_1.mp4").toFile())) {
			assertThat(zip.getComment()).isNull();
		}
	}

	private Path written(String... names) throws IOException {
		List<StoredArtifact> stored = Stream.of(names)
			.map((name) -> new StoredArtifact(name, "talk/" + name, 0, Instant.EPOCH, ""))
			.toList();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ArtifactZip(this.artifacts).write(stored, bytes);
		return Files.write(FreshFolders.create("zip").resolve("talk.zip"), bytes.toByteArray());
	}

}
