package io.clipvault.layouts;

/**
 * What the generator wrote about one clip.
 *
 * @param duration in seconds
 */
public record ClipMetadata(String title, String tiktokDescription, String instagramDescription, double duration) {
}
