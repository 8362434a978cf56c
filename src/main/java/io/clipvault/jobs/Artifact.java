package io.clipvault.jobs;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** A file of a job that goes to the bucket. */
record Artifact(String fileName, Path file, String key, long size) {

	private static final Pattern CLIP = Pattern.compile("_clip_([1-9][0-9]{0,5})\\.[^.]+$");

	private static final String METADATA = "_metadata.json";

	/** Whether this is what makes the gallery show the clips, and so goes last. */
	boolean isMetadata() {
		return isMetadata(this.fileName);
	}

	static boolean isMetadata(String fileName) {
		return fileName.endsWith(METADATA);
	}

	/** The clip's place in the metadata, from 0; its file name counts from 1. */
	OptionalInt clipIndex() {
		Matcher clip = CLIP.matcher(this.fileName);
		return clip.find() ? OptionalInt.of(Integer.parseInt(clip.group(1)) - 1) : OptionalInt.empty();
	}

	String contentType() {
		return MediaTypeFactory.getMediaType(this.fileName).orElse(MediaType.APPLICATION_OCTET_STREAM).toString();
	}

}
