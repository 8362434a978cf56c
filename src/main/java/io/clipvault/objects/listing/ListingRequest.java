package io.clipvault.objects.listing;

import org.jspecify.annotations.Nullable;

/** The part of a bucket that a call asks for. */
record ListingRequest(@Nullable String prefix, @Nullable String delimiter, @Nullable String startAfter,
		@Nullable String cursor, int limit) {
}
