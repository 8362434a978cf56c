package io.clipvault.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The engine's access key and secret key: random for each data folder, in a file that
 * only its owner can read.
 */
record EngineKeys(String accessKey, String secretKey) {

	private static final String FILE = "keys";

	static EngineKeys of(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		if (Files.notExists(file)) {
			write(file, random());
		}
		List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
		if (lines.size() != 2) {
			throw new IOException(file + " does not hold an access key and a secret key, a line each: remove it");
		}
		return new EngineKeys(lines.getFirst(), lines.getLast());
	}

	private static EngineKeys random() {
		SecureRandom random = new SecureRandom();
		byte[] access = new byte[10];
		byte[] secret = new byte[30];
		random.nextBytes(access);
		random.nextBytes(secret);
		return new EngineKeys(HexFormat.of().formatHex(access).toUpperCase(Locale.ROOT),
				Base64.getUrlEncoder().encodeToString(secret));
	}

	private static void write(Path file, EngineKeys keys) throws IOException {
		// Write and rename, so that a killed start leaves no partial file.
		Path fresh = Files.createTempFile(file.getParent(), "keys", ".new",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.write(fresh, List.of(keys.accessKey, keys.secretKey), StandardCharsets.US_ASCII);
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
	}

	@Override
	public String toString() {
		return "EngineKeys[" + this.accessKey + "]";
	}

}
