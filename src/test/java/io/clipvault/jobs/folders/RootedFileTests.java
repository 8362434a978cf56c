package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.clipvault.kit.FreshFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class RootedFileTests {

	private final Path root = FreshFolders.create("root");

	private final Path outside = FreshFolders.create("outside");

	private final Path folder = this.root.resolve("a/talk");

	private final RootedFile file = new RootedFile(this.root, this.folder.resolve("clip.mp4"));

	@BeforeEach
	void write() throws IOException {
		Files.createDirectories(this.folder);
		Files.writeString(this.folder.resolve("clip.mp4"), "clip");
		Files.createDirectories(this.outside.resolve("talk"));
		Files.writeString(this.outside.resolve("talk/clip.mp4"), "secret");
	}

	@Test
	void useWhenNothingIsALinkWorks() throws IOException {
		try (FileChannel bytes = this.file.read()) {
			assertThat(bytes.size()).isEqualTo(4);
		}
		assertThat(this.file.state().size()).isEqualTo(4);
		this.file.beside("half").create().close();
		this.file.beside("half").rename("clip.mp4");
		assertThat(this.folder.toFile().list()).containsExactly("clip.mp4");
		assertThat(this.folder.resolve("clip.mp4")).isEmptyFile();
		this.file.deleteIfExists();
		this.file.deleteIfExists();
		assertThat(this.folder).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a/talk", "a/talk/clip.mp4" })
	void useWhenAPartOfThePathHasBecomeALinkIsRefused(String part) throws IOException {
		Path swapped = this.root.resolve(part);
		Files.move(swapped, this.root.resolve("aside"));
		Path behind = this.outside.resolve(Path.of("a").relativize(Path.of(part)));
		Files.createSymbolicLink(swapped, behind);
		assertThat(this.folder.resolve("clip.mp4")).hasContent("secret");

		assertThatIOException().isThrownBy(this.file::read);
		assertThatExceptionOfType(FileState.Unusable.class).isThrownBy(this.file::state);
		assertThatIOException().isThrownBy(this.file::create);
		if (!part.endsWith(".mp4")) {
			assertThatIOException().isThrownBy(() -> this.file.beside("new.mp4").create());
			assertThatIOException().isThrownBy(() -> this.file.rename("other.mp4"));
			assertThatIOException().isThrownBy(this.file::deleteIfExists);
		}
		assertThat(this.outside.resolve("talk").toFile().list()).containsExactly("clip.mp4");
		assertThat(this.outside.resolve("talk/clip.mp4")).hasContent("secret");
	}

	@Test
	void useOnASystemWithoutOpenDirectoriesChecksThePath() throws IOException {
		OpenFolder byPath = new OpenFolder.ByPath(this.folder);
		Path name = Path.of("clip.mp4");
		byPath.open(name, StandardOpenOption.READ).close();
		assertThat(byPath.attributes(name).size()).isEqualTo(4);
		Files.move(this.folder, this.root.resolve("aside"));
		Files.createSymbolicLink(this.folder, this.outside.resolve("talk"));
		for (OpenFolder.Use<?> use : List.<OpenFolder.Use<?>>of((folder) -> folder.open(name, StandardOpenOption.READ),
				(folder) -> folder.attributes(name), (folder) -> {
					folder.move(name, Path.of("other.mp4"));
					return name;
				}, (folder) -> {
					folder.delete(name);
					return name;
				})) {
			assertThatIOException().isThrownBy(() -> use.in(byPath));
		}
		assertThat(this.outside.resolve("talk/clip.mp4")).hasContent("secret");
	}

}
