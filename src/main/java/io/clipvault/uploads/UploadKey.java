package io.clipvault.uploads;

/**
 * Where one upload goes: {@code {folder}/{base}-{8 random}{extension}}.
 *
 * @param folder what stands before the last slash
 * @param fileName the name without the random letters: what the file is called in a job
 */
record UploadKey(String value, String folder, String fileName) {
}
