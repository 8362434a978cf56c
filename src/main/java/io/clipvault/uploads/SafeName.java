package io.clipvault.uploads;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A caller's file name, reduced to characters that are safe in a key. */
record SafeName(String base, String extension) {

	/** Of base and extension; the engine takes 218 with what keys and parts add. */
	private static final int MAX_LENGTH = 200;

	private static final Pattern EXTENSION = Pattern.compile("(.*)\\.([A-Za-z0-9]{1,16})", Pattern.DOTALL);

	private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

	private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");

	private static final Pattern EDGES = Pattern.compile("^[.-]++|(?<![.-])[.-]++$");

	/**
	 * Takes what follows the last slash, and of that letters, digits, '.', '_' and '-'.
	 */
	static SafeName of(String fileName) {
		String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
		Matcher split = EXTENSION.matcher(name);
		boolean hasExtension = split.matches();
		String extension = hasExtension ? "." + split.group(2).toLowerCase(Locale.ROOT) : "";
		String base = safe(hasExtension ? split.group(1) : name, MAX_LENGTH - extension.length());
		return new SafeName(base.isEmpty() ? "file" : base, extension);
	}

	private static String safe(String text, int longest) {
		String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		String safe = trimmed(UNSAFE.matcher(plain).replaceAll("-"));
		return (safe.length() > longest) ? trimmed(safe.substring(0, longest)) : safe;
	}

	private static String trimmed(String text) {
		return EDGES.matcher(text).replaceAll("");
	}

}
