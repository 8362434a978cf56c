package io.clipvault.uploads;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.clipvault.problems.Problem;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectKey;
import io.clipvault.storage.Store;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Makes the keys of uploads, and parses them. */
@Component
class UploadKeys {

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

	private static final int RANDOM = 8;

	private static final String STEP = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

	private static final Pattern FOLDERS = Pattern.compile(STEP + "(?:/" + STEP + "){0,4}");

	private static final Pattern FILE = Pattern
		.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,199})-[a-z0-9]{8}((?:\\.[a-z0-9]{1,16})?)");

	private final SecureRandom random = new SecureRandom();

	private final String directory;

	private final String root;

	UploadKeys(DirectUploadSettings settings, Store store) {
		this.directory = settings.directory();
		this.root = store.prefix() + settings.directory();
	}

	/** Makes a new, random key for a file with this name. */
	UploadKey next(String fileName, @Nullable String folder) {
		SafeName name = SafeName.of(fileName);
		String place = folder(folder);
		String key = "%s/%s-%s%s".formatted(place, name.base(), letters(), name.extension());
		int length = key.getBytes(StandardCharsets.UTF_8).length;
		if (length > ObjectKey.MAX_BYTES) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"The key would be %,d bytes long, and S3 takes at most 1,024: shorten 'directory' or the file's name."
						.formatted(length));
		}
		return new UploadKey(key, place, name.base() + name.extension());
	}

	/**
	 * The folder's full name; the caller's is relative to the directory of all uploads.
	 */
	String folder(@Nullable String folder) {
		if (folder == null || folder.isEmpty()) {
			return this.root;
		}
		// The slash makes sure that only the whole name of the directory is cut off.
		String inside = folder.endsWith("/") ? folder : folder + "/";
		inside = inside.startsWith(this.root + "/") ? inside.substring(this.root.length() + 1)
				: inside.startsWith(this.directory + "/") ? inside.substring(this.directory.length() + 1) : inside;
		if (inside.isEmpty()) {
			return this.root;
		}
		inside = inside.substring(0, inside.length() - 1);
		if (!FOLDERS.matcher(inside).matches()) {
			throw new Problem(ProblemType.INVALID_REQUEST,
					"'directory' must be up to five names separated by slashes, each of letters, digits, '.', '_' and '-' and starting with a letter or digit, and is '%s'."
						.formatted(folder));
		}
		return this.root + "/" + inside;
	}

	/** Parses a key and refuses one that this class cannot have made. */
	UploadKey require(String key) {
		return parse(key).orElseThrow(() -> new Problem(ProblemType.UPLOAD_FORBIDDEN,
				"'%s' is not a key that this service gave to an upload: ask for one with POST /uploads or POST /uppy/s3/multipart."
					.formatted(key)));
	}

	Optional<UploadKey> parse(String key) {
		int slash = key.lastIndexOf('/');
		if (slash < 0) {
			return Optional.empty();
		}
		String folder = key.substring(0, slash);
		boolean inside = folder.equals(this.root) || (folder.startsWith(this.root + "/")
				&& FOLDERS.matcher(folder.substring(this.root.length() + 1)).matches());
		Matcher file = FILE.matcher(key.substring(slash + 1));
		return (inside && file.matches()) ? Optional.of(new UploadKey(key, folder, file.group(1) + file.group(2)))
				: Optional.empty();
	}

	private String letters() {
		return this.random.ints(RANDOM, 0, LETTERS.length())
			.collect(StringBuilder::new, (text, index) -> text.append(LETTERS.charAt(index)), StringBuilder::append)
			.toString();
	}

}
