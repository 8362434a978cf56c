package io.clipvault.objects.buckets;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A page of buckets, sorted by name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BucketPage(List<Bucket> buckets, @Nullable String nextCursor) {
}
