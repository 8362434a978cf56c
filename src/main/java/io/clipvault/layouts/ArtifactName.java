package io.clipvault.layouts;

import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** The name of a file in a job's directory, and what it says about the file. */
public record ArtifactName(String value) {

	/** Clips first, because the metadata makes the gallery show them. */
	public static final Comparator<ArtifactName> METADATA_LAST = Comparator.comparing(ArtifactName::isMetadata)
		.thenComparing(ArtifactName::value);

	private static final String METADATA = "_metadata.json";

	private static final String VIDEO = ".mp4";

	private static final Pattern CLIP = Pattern.compile("_clip_([1-9][0-9]{0,5})\\.[^.]+$");

	/** The file of a clip as the generator first writes it; the index counts from 0. */
	public static String clip(String title, int index) {
		return title + "_clip_" + (index + 1) + VIDEO;
	}

	/** The file that describes the clips of a title. */
	public static String metadata(String title) {
		return title + METADATA;
	}

	public boolean isVideo() {
		return this.value.endsWith(VIDEO);
	}

	public boolean isMetadata() {
		return this.value.endsWith(METADATA);
	}

	/** What the names of the clips begin with, if this is metadata. */
	public String title() {
		return this.value.substring(0, this.value.length() - METADATA.length());
	}

	/** The clip's place in the metadata, from 0; the file name counts from 1. */
	public OptionalInt clipIndex() {
		Matcher clip = CLIP.matcher(this.value);
		return clip.find() ? OptionalInt.of(Integer.parseInt(clip.group(1)) - 1) : OptionalInt.empty();
	}

	public String contentType() {
		return MediaTypeFactory.getMediaType(this.value).orElse(MediaType.APPLICATION_OCTET_STREAM).toString();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
