package io.clipvault.gallery.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import io.clipvault.kit.MutableClock;
import io.clipvault.storage.TestStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random buckets and random edits: incremental reads in parallel ranges give what one
 * fresh listing gives. The seeds are fixed, so that failures are reproducible.
 */
class CatalogPropertyTests {

	private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

	private static final int BUCKETS = 60;

	private static final int EDITS = 12;

	private final GalleryDatabase database = GalleryDatabase.sqlite();

	@ParameterizedTest
	@ValueSource(strings = { "", "videos/" })
	void readAfterRandomEditsGivesTheCatalogOfAFreshRead(String prefix) {
		for (int seed = 0; seed < BUCKETS; seed++) {
			Random random = new Random(seed);
			MutableClock clock = new MutableClock(START);
			InMemoryBucket bucket = new InMemoryBucket(clock, 1 + random.nextInt(9));
			edit(bucket, random, prefix, 60);
			Replica replica = new Replica(bucket, this.database, clock, TestStores.of("clips", prefix));
			Catalog last = null;
			for (int step = 0; step < EDITS; step++) {
				edit(bucket, random, prefix, 10);
				clock.advance(Duration.ofSeconds(random.nextInt(3)));
				last = (last != null) ? withSmallRanges(replica, last, random) : null;
				Catalog refreshed = replica.reader.read(last, clock.instant());
				Catalog fresh = new Replica(bucket, this.database, clock,
						TestStores.of("unread-" + seed + "-" + step, prefix)).reader
					.read(null, clock.instant());
				assertThat(refreshed.entries()).as("seed %d, step %d", seed, step).isEqualTo(fresh.entries());
				assertThat(refreshed.jobs()).isEqualTo(fresh.jobs());
				assertThat(new Replica(bucket, this.database, clock, TestStores.of("clips", prefix)).reader
					.read(null, clock.instant())
					.entries()).as("after a restart, seed %d, step %d", seed, step).isEqualTo(fresh.entries());
				last = refreshed;
			}
		}
	}

	/**
	 * A catalog with the cuts of a large bucket, or of a bucket that has since changed.
	 */
	private static Catalog withSmallRanges(Replica replica, Catalog last, Random random) {
		List<String> cuts = replica.listing.whole(last.cuts()).cuts(1 + random.nextInt(12), 1);
		return new Catalog(last.edition(), last.readAt(), last.jobs(), last.entries(), cuts);
	}

	@Test
	void listingInRangesGivesWhatOneListingGives() {
		for (int seed = 0; seed < BUCKETS; seed++) {
			Random random = new Random(seed);
			MutableClock clock = new MutableClock(START);
			InMemoryBucket bucket = new InMemoryBucket(clock, 1 + random.nextInt(9));
			Keys keys = Keys.values()[seed % Keys.values().length];
			for (int count = random.nextInt(200); count > 0; count--) {
				bucket.put(keys.next(random), "x");
			}
			Replica replica = new Replica(bucket, this.database, clock);
			Listing walk = replica.listing.whole(List.of());
			List<String> cuts = walk.cuts(1 + random.nextInt(20), 1);
			assertThat(replica.listing.whole(cuts).jobs()).as("seed %d, %s", seed, keys).isEqualTo(walk.jobs());
			for (int count = random.nextInt(60); count > 0; count--) {
				bucket.put(keys.next(random), "y");
			}
			assertThat(replica.listing.whole(cuts).jobs()).as("edited, seed %d, %s", seed, keys)
				.isEqualTo(replica.listing.whole(List.of()).jobs());
		}
	}

	@Test
	void cutsMakeRangesOfAboutTheSameSizeWhateverTheKeysLookLike() {
		for (Keys keys : List.of(Keys.UUIDS, Keys.ONE_PREFIX, Keys.GIANT_JOB)) {
			MutableClock clock = new MutableClock(START);
			InMemoryBucket bucket = new InMemoryBucket(clock, 10);
			Random random = new Random(1);
			while (bucket.keys().size() < 1000) {
				bucket.put(keys.next(random), "x");
			}
			Replica replica = new Replica(bucket, this.database, clock);
			List<String> cuts = replica.listing.whole(List.of()).cuts(8, 10);
			assertThat(cuts).as("%s", keys).hasSize(7).isSorted();
			List<Integer> sizes = new ArrayList<>();
			List<String> sorted = bucket.keys();
			String from = "";
			for (String cut : cuts) {
				String after = from;
				sizes.add((int) sorted.stream()
					.filter((key) -> key.compareTo(after) > 0 && key.compareTo(cut) <= 0)
					.count());
				from = cut;
			}
			assertThat(sizes).as("%s", keys).allMatch((size) -> size >= 100 && size <= 150);
			assertThat(replica.listing.whole(cuts).requests()).isLessThanOrEqualTo(100 + 8);
		}
	}

	@Test
	void cutsWhenTheBucketIsSmallerThanAPageAreEmpty() {
		InMemoryBucket bucket = new InMemoryBucket(new MutableClock(START), 10);
		for (int index = 0; index < 10; index++) {
			bucket.put("job" + index + "/a_metadata.json", "{}");
		}
		BucketListing listing = new Replica(bucket, this.database, new MutableClock(START)).listing;
		assertThat(listing.whole(List.of()).cuts(16, 10)).isEmpty();
		bucket.put("job99/a_metadata.json", "{}");
		assertThat(listing.whole(List.of()).cuts(16, 10)).containsExactly("job9/a_metadata.json");
	}

	private static void edit(InMemoryBucket bucket, Random random, String prefix, int edits) {
		for (int count = 0; count < edits; count++) {
			String job = prefix + ((random.nextInt(8) == 0) ? "j" : "job-" + random.nextInt(12));
			String title = List.of("talk", "hook_talk", "été 😀").get(random.nextInt(3));
			List<String> keys = bucket.keys();
			switch (random.nextInt(7)) {
				case 0, 1 -> bucket.put(job + "/" + title + "_metadata.json", metadata(random));
				case 2, 3 -> bucket.put(job + "/" + title + "_clip_" + (1 + random.nextInt(4)) + ".mp4", "clip");
				case 4 -> bucket.put(job + "/" + List.of("subtitled_17_", "recut_18_", "hook_").get(random.nextInt(3))
						+ title + "_clip_" + (1 + random.nextInt(4)) + ".mp4", "variant");
				case 5 -> bucket.put(List.of(prefix + "stray.mp4", "elsewhere/x_metadata.json",
						job + "/deep/x_metadata.json", job + "/cool.mp3")
					.get(random.nextInt(4)), "other");
				default -> {
					if (!keys.isEmpty()) {
						bucket.remove(keys.get(random.nextInt(keys.size())));
					}
				}
			}
		}
	}

	private static String metadata(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> "not json " + random.nextInt(3);
			case 1 -> "{\"shorts\": 1}";
			default -> "{\"shorts\": [" + "{\"start\": 1, \"end\": 9},".repeat(random.nextInt(4))
					+ "{\"video_title_for_youtube_short\": \"T" + random.nextInt(5) + "\"}]}";
		};
	}

	/** Kinds of keys that a bucket may have. */
	private enum Keys {

		UUIDS {
			@Override
			String job(Random random) {
				return new UUID(random.nextLong(), random.nextLong()).toString();
			}
		},

		ONE_PREFIX {
			@Override
			String job(Random random) {
				return "the-same-long-beginning-of-every-job-" + random.nextInt(100_000);
			}
		},

		GIANT_JOB {
			@Override
			String job(Random random) {
				return "giant";
			}
		},

		UNICODE {
			@Override
			String job(Random random) {
				return List.of("a", "a-b", "a.b", "A").get(random.nextInt(4));
			}

			@Override
			String title(Random random) {
				return new String(Character
					.toChars(List.of(0x61, 0xe9, 0x5d0, 0xffee, 0x1f600, 0x7e, 0xfffd).get(random.nextInt(7))))
						+ random.nextInt(50);
			}
		};

		abstract String job(Random random);

		String title(Random random) {
			return "talk" + random.nextInt(100_000);
		}

		String next(Random random) {
			return job(random) + "/" + title(random)
					+ List.of("_metadata.json", "_clip_1.mp4", ".mp3").get(random.nextInt(3));
		}

	}

}
