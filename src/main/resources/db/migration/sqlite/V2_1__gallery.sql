-- What reading a metadata object gave; the tag says of which content.
CREATE TABLE gallery_metadata (
    bucket     TEXT    NOT NULL,
    object_key TEXT    NOT NULL,
    etag       TEXT    NOT NULL,
    reader     INTEGER NOT NULL,
    content    TEXT    NOT NULL,
    PRIMARY KEY (bucket, object_key)
) WITHOUT ROWID;

-- Where a listing may be cut into ranges, as a JSON list of keys.
CREATE TABLE gallery_listing (
    bucket TEXT NOT NULL PRIMARY KEY,
    cuts   TEXT NOT NULL
);

-- Jobs that a replica published or removed, for the others to hear of.
CREATE TABLE gallery_change (
    job_id     TEXT    NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    replica    TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE INDEX gallery_change_version ON gallery_change (version);

CREATE TABLE gallery_version (
    version INTEGER NOT NULL
);

INSERT INTO gallery_version (version) VALUES (0);
