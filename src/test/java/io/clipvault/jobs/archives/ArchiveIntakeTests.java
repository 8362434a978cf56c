package io.clipvault.jobs.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.clipvault.jobs.folders.DiskFailure;
import io.clipvault.jobs.folders.FolderSettings;
import io.clipvault.jobs.folders.FreeDisk;
import io.clipvault.kit.FreshFolders;
import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ArchiveIntakeTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Path root = FreshFolders.create("intake");

	private final ArchiveSettings wide = new ArchiveSettings(100, DataSize.ofMegabytes(20), DataSize.ofMegabytes(40),
			200);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unpackWhenFilesArePlainWritesEachWithItsBytes(boolean zip) throws IOException {
		String[] names = { "a talk_clip_1.mp4", "tälk 中_metadata.json", ".hidden" };
		try (IncomingDirectory incoming = incoming(this.wide)) {
			unpack(zip, zip ? Archives.zip(names) : Archives.tar(names), incoming);
			for (String name : names) {
				assertThat(incoming.path().resolve(name)).hasBinaryContent(Archives.content(name));
			}
		}
		assertThat(this.root).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unpackWhenAllFilesLieInOneFolderTakesTheFolderAway(boolean zip) {
		String[] names = zip ? new String[] { "__MACOSX/job/._a.mp4", "job/", "job/a.mp4", "job/b.json" }
				: new String[] { "./job/", "./job/a.mp4", "./job/b.json" };
		try (IncomingDirectory incoming = incoming(this.wide)) {
			unpack(zip, zip ? Archives.zip(names) : Archives.tar(names), incoming);
			assertThat(incoming.path().toFile().list()).containsExactlyInAnyOrder("a.mp4", "b.json");
		}
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void unpackWhenArchiveIsHostileRefusesIt(boolean zip, byte[] archive, ProblemType type, String words) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> {
			try (IncomingDirectory incoming = incoming(this.wide)) {
				unpack(zip, archive, incoming);
			}
		}).satisfies((problem) -> {
			assertThat(problem.type()).isEqualTo(type);
			assertThat(problem.detail()).contains(words);
		});
		assertThat(this.root).isEmptyDirectory();
		assertThat(this.root.resolveSibling("evil.mp4")).doesNotExist();
	}

	static Stream<Arguments> hostile() {
		List<String> names = List.of("../evil.mp4", "a/../../evil.mp4", "/tmp/evil.mp4", "a\\..\\evil.mp4",
				"C:evil.mp4", "a//b.mp4", "a\nb.mp4", "n".repeat(256) + ".mp4");
		Stream<Arguments> escaping = names.stream()
			.flatMap((name) -> Stream.of(refused(true, name, Archives.zip("ok.mp4", name)),
					refused(false, name, Archives.tar("ok.mp4", name))));
		byte[] zip = Archives.zip("one.mp4", "two.mp4");
		byte[] tar = Archives.tar("one.mp4", "two.mp4");
		return Stream.concat(escaping,
				Stream.of(archive(true, "two folders", Archives.zip("a/x.mp4", "b/y.mp4"), "another folder"),
						archive(false, "two folders", Archives.tar("x.mp4", "b/y.mp4"), "another folder"),
						archive(true, "twice", Archives.zipTwice("x.mp4"), "is there twice"),
						archive(false, "twice", Archives.tar("x.mp4", "x.mp4"), "is there twice"),
						archive(true, "symlink", Archives.zipLink("x.mp4", "/etc/passwd"), "is a link"),
						archive(false, "symlink", Archives.tarSpecial("x.mp4", TarConstants.LF_SYMLINK, "/etc/passwd"),
								"is a link"),
						archive(false, "hard link", Archives.tarSpecial("x.mp4", TarConstants.LF_LINK, "/etc/passwd"),
								"is a link"),
						archive(false, "fifo", Archives.tarSpecial("x.mp4", TarConstants.LF_FIFO, ""), "is a link"),
						archive(false, "device", Archives.tarSpecial("x.mp4", TarConstants.LF_BLK, ""), "is a link"),
						archive(true, "another name in the header", renamed(zip), "another name"),
						archive(true, "a wrong sum", replaced(zip, crc(zip), new byte[] { 1, 2, 3, 4 }), "is damaged"),
						broken(true, "a cut zip", Arrays.copyOf(zip, zip.length - 30)),
						broken(true, "no zip", "hello".getBytes(StandardCharsets.UTF_8)),
						broken(true, "nothing", new byte[0]), broken(true, "a directory elsewhere", moved(zip)),
						broken(false, "a tar cut in a file", Arrays.copyOf(tar, 515)),
						broken(false, "no tar", "hello".repeat(1000).getBytes(StandardCharsets.UTF_8)),
						archive(false, "a tar cut between files", Arrays.copyOf(tar, 1024), "cut"),
						archive(false, "nothing", new byte[0], "cut"),
						archive(false, "many global headers", Archives.tarOfGlobalHeaders(2),
								"more than one global header"),
						broken(false, "a name of a megabyte", Archives.tarLongName(1 << 20))));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unpackWhenEntriesAreAtTheBoundTakesThemAndOneMoreRefuses(boolean zip) {
		ArchiveSettings five = new ArchiveSettings(5, DataSize.ofKilobytes(1), DataSize.ofKilobytes(10), 200);
		String[] names = IntStream.rangeClosed(1, 6).mapToObj((number) -> number + ".mp4").toArray(String[]::new);
		String[] fewer = Arrays.copyOf(names, 5);
		try (IncomingDirectory incoming = incoming(five)) {
			unpack(zip, zip ? Archives.zip(fewer) : Archives.tar(fewer), incoming);
		}
		try (IncomingDirectory incoming = incoming(five)) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> unpack(zip, zip ? Archives.zip(names) : Archives.tar(names), incoming))
				.satisfies((problem) -> assertThat(problem.detail()).startsWith("There are more than 5 files"));
		}
	}

	@Test
	void unpackWhenAllNamesAndCommentsOfAZipAreLongRefusesThemTogether() {
		byte[] hostile = Archives.zipOfLongNames(100, 60_000);
		try (IncomingDirectory incoming = incoming(this.wide)) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> unpack(true, hostile, incoming))
				.satisfies((problem) -> {
					assertThat(problem.type()).isEqualTo(ProblemType.UPLOAD_TOO_LARGE);
					assertThat(problem.detail()).contains("names, comments and extra fields");
				});
		}
	}

	@Test
	void unpackWhenTheOtherHeadersOfAZipHaveLongExtraFieldsDoesNotReadThem() {
		byte[] padded = Archives.zipOfLocalExtras(100, 60_000);
		try (IncomingDirectory incoming = incoming(this.wide)) {
			long before = THREADS.getCurrentThreadAllocatedBytes();
			unpack(true, padded, incoming);
			assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(padded.length / 2);
			assertThat(incoming.path().toFile().list()).hasSize(100);
		}
	}

	@Test
	void unpackWhenAZipHasANameInUnicodeBesideAPlainOneTakesIt() {
		try (IncomingDirectory incoming = incoming(this.wide)) {
			unpack(true, Archives.zipOfTwoNames("t?lk_clip_1.mp4", "tälk_clip_1.mp4"), incoming);
			assertThat(incoming.path().toFile().list()).containsExactly("tälk_clip_1.mp4");
		}
	}

	@Test
	void unpackWhenATarHasOneGlobalHeaderTakesIt() {
		try (IncomingDirectory incoming = incoming(this.wide)) {
			unpack(false, Archives.tarOfGlobalHeaders(1), incoming);
			assertThat(incoming.path().toFile().list()).containsExactly("talk_clip_1.mp4");
		}
	}

	@Test
	void unpackWhenZipUnpacksToMoreThanItsRatioRefuses() {
		byte[] bomb = Archives.zipOf("zeros.mp4", new byte[10 << 20]);
		try (IncomingDirectory incoming = incoming(this.wide)) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> unpack(true, bomb, incoming))
				.satisfies((problem) -> assertThat(problem.detail()).contains("far more than its size"));
		}
		ArchiveSettings trusting = new ArchiveSettings(100, DataSize.ofMegabytes(20), DataSize.ofMegabytes(40), 2000);
		try (IncomingDirectory incoming = incoming(trusting)) {
			unpack(true, bomb, incoming);
			assertThat(incoming.size()).isEqualTo(10 << 20);
		}
		try (IncomingDirectory incoming = incoming(this.wide)) {
			unpack(true, Archives.zipOf("a mebibyte of zeros.mp4", new byte[1 << 20]), incoming);
		}
	}

	@Test
	void addWhenFilesAreAtTheirBoundsTakesThemAndOneByteMoreRefuses() {
		ArchiveSettings small = new ArchiveSettings(10, DataSize.ofBytes(10), DataSize.ofBytes(15), 200);
		try (IncomingDirectory incoming = incoming(small)) {
			incoming.add("a.mp4", new ByteArrayInputStream(new byte[10]));
			incoming.add("b.mp4", new ByteArrayInputStream(new byte[5]));
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> incoming.add("c.mp4", new ByteArrayInputStream(new byte[1])))
				.satisfies((problem) -> assertThat(problem.detail()).contains("larger than 15 bytes"));
		}
		try (IncomingDirectory incoming = incoming(small)) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> incoming.add("a.mp4", new ByteArrayInputStream(new byte[11])))
				.satisfies((problem) -> {
					assertThat(problem.type()).isEqualTo(ProblemType.UPLOAD_TOO_LARGE);
					assertThat(problem.detail()).contains("'a.mp4' is larger than 10 bytes");
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "No space left on device", "Disk quota exceeded" })
	void diskFailureWhenTheDiskIsFullSaysSo(String words) {
		assertThat(DiskFailure.of(new IOException(words)).type()).isEqualTo(ProblemType.DISK_FULL);
		assertThat(DiskFailure.of(new IOException("Input/output error")).type())
			.isEqualTo(ProblemType.JOBS_ROOT_UNUSABLE);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void diskFailureWhenTheSystemItselfFindsNoRoomSaysSo() throws IOException {
		try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
			assertThatIOException().isThrownBy(() -> full.write(1))
				.satisfies((failure) -> assertThat(DiskFailure.of(failure).type()).isEqualTo(ProblemType.DISK_FULL));
		}
	}

	private IncomingDirectory incoming(ArchiveSettings bounds) {
		return new IncomingDirectory(this.root.resolve(".incoming"), bounds,
				new FreeDisk(new FolderSettings(this.root)));
	}

	private static void unpack(boolean zip, byte[] archive, IncomingDirectory incoming) {
		if (!zip) {
			TarReader.unpack(new ByteArrayInputStream(archive), incoming);
			return;
		}
		Path file = FreshFolders.create("zip").resolve("archive.zip");
		try (InputStream bytes = new ByteArrayInputStream(archive)) {
			Files.copy(bytes, file);
		}
		catch (IOException failure) {
			throw new java.io.UncheckedIOException(failure);
		}
		ZipReader.unpack(file, incoming);
	}

	private static Arguments refused(boolean zip, String name, byte[] archive) {
		return Arguments.of(zip, Named.of((zip ? "zip " : "tar ") + name.strip(), archive),
				ProblemType.UNUSABLE_FILE_NAME, name.length() > 255 ? "longer than 255 bytes" : "not a plain path");
	}

	private static Arguments archive(boolean zip, String what, byte[] archive, String words) {
		return Arguments.of(zip, Named.of((zip ? "zip " : "tar ") + what, archive), ProblemType.ARCHIVE_REFUSED, words);
	}

	private static Arguments broken(boolean zip, String what, byte[] archive) {
		return Arguments.of(zip, Named.of((zip ? "zip " : "tar ") + what, archive), ProblemType.INVALID_REQUEST,
				"cannot be read to its end");
	}

	/** Changes the name in the first header alone. */
	private static byte[] renamed(byte[] zip) {
		byte[] changed = zip.clone();
		changed[30] = 'X';
		return changed;
	}

	/** Says that the directory starts a byte later than it does. */
	private static byte[] moved(byte[] zip) {
		byte[] changed = zip.clone();
		changed[zip.length - 6]++;
		return changed;
	}

	private static int crc(byte[] zip) {
		for (int at = 0; at < zip.length; at++) {
			if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
				return at + 16;
			}
		}
		throw new IllegalArgumentException("no directory");
	}

	private static byte[] replaced(byte[] bytes, int at, byte[] with) {
		byte[] changed = bytes.clone();
		System.arraycopy(with, 0, changed, at, with.length);
		return changed;
	}

}
