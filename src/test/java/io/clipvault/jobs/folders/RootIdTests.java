package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.clipvault.kit.FreshFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RootIdTests {

	private static final int ROUNDS = 50;

	private final Path root = FreshFolders.create("root");

	@Test
	void idWhenTheRootIsWritableIsKeptInItsFile() throws IOException {
		String id = id(this.root);
		assertThat(this.root.resolve(".clipvault")).hasContent(id);
		assertThat(this.root.toFile().list()).containsExactly(".clipvault");
		Path moved = Files.move(this.root, this.root.resolveSibling(this.root.getFileName() + "-moved"));
		assertThat(id(moved)).isEqualTo(id);
	}

	@Test
	void idWhenTheRootIsReadOnlyIsThatOfItsRealPath() throws IOException {
		Path readOnly = readOnly();
		Path link = Files.createSymbolicLink(this.root.resolve("link"), readOnly);
		assertThat(id(readOnly)).isNotEmpty().isEqualTo(id(readOnly)).isEqualTo(id(link)).isNotEqualTo(id(this.root));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void idWhenManyProcessesStartAtOnceIsTheSameForAll(boolean killedBefore) throws Exception {
		try (ExecutorService starts = Executors.newFixedThreadPool(4)) {
			for (int round = 0; round < ROUNDS; round++) {
				Path fresh = FreshFolders.create("root");
				if (killedBefore) {
					Files.createFile(fresh.resolve(".clipvault"));
				}
				Callable<String> start = () -> id(fresh);
				List<String> ids = new ArrayList<>();
				for (Future<String> id : starts.invokeAll(Stream.generate(() -> start).limit(4).toList())) {
					ids.add(id.get());
				}
				assertThat(ids).doesNotContain("").containsOnly(ids.getFirst());
				assertThat(id(fresh)).isEqualTo(ids.getFirst());
			}
		}
	}

	private static String id(Path root) {
		return new RootId(new FolderSettings(root)).id();
	}

	/** A folder that not even the superuser can write to. */
	private static Path readOnly() {
		Path folder = FreshFolders.create("read-only");
		folder.toFile().setReadOnly();
		return Files.isWritable(folder) ? Path.of("/sys/kernel") : folder;
	}

}
