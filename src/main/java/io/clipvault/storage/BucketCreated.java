package io.clipvault.storage;

/** Event: a bucket was created. */
public record BucketCreated(String bucket) {
}
