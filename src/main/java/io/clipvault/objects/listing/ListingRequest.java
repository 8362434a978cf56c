package io.clipvault.objects.listing;

import org.jspecify.annotations.Nullable;

/** Which objects of a bucket are asked for. */
record ListingRequest(@Nullable String prefix, @Nullable String delimiter, @Nullable String startAfter,
		@Nullable String cursor, int limit) {
}
