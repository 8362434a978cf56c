-- When the bucket was last listed; rows of buckets that no replica lists any more are removed.
ALTER TABLE gallery_listing ADD COLUMN listed_at BIGINT;
