package io.clipvault.jobs.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import io.clipvault.problems.StartRefused;
import org.springframework.stereotype.Component;

/**
 * The id of this host's jobs root, kept in a file inside it. Hosts with the same root
 * share its jobs; other hosts leave them alone.
 */
@Component
public class RootId {

	private static final String FILE = ".clipvault";

	private final String id;

	RootId(FolderSettings settings) {
		Path file = settings.root().resolve(FILE);
		try {
			Files.createDirectories(settings.root());
			this.id = id(file);
		}
		catch (IOException failure) {
			throw new StartRefused("The jobs root %s cannot be used: %s.".formatted(settings.root(), failure),
					"Make it writable for this user, or name another folder in clipvault.jobs.root.", failure);
		}
	}

	public String id() {
		return this.id;
	}

	private static String id(Path file) throws IOException {
		String fresh = UUID.randomUUID().toString();
		try {
			Files.writeString(file, fresh, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
		}
		catch (FileAlreadyExistsException known) {
			String id = Files.readString(file, StandardCharsets.US_ASCII).strip();
			if (!id.isEmpty()) {
				return id;
			}
			// An earlier start was killed between creating and writing the file.
			Files.writeString(file, fresh, StandardCharsets.US_ASCII);
		}
		return fresh;
	}

}
