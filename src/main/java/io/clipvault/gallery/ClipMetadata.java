package io.clipvault.gallery;

/** What the generator wrote about one clip. */
record ClipMetadata(String title, String tiktokDescription, String instagramDescription, double duration) {
}
