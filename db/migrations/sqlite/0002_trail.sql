-- The decision trail: headers in a Merkle tree, encrypted bodies beside it. A dossier is a case, or the organisation itself.
CREATE TABLE dossiers (
    case_id     TEXT NOT NULL PRIMARY KEY,
    trail_seq   INTEGER NOT NULL, -- the last gapless number given out in this dossier
    key_id      TEXT NOT NULL, -- names the wrapping key, which lies outside the database
    wrapped_key BLOB NOT NULL
);

CREATE TABLE trail_events (
    leaf_index INTEGER NOT NULL PRIMARY KEY,
    event_id   TEXT NOT NULL UNIQUE,
    case_id    TEXT NOT NULL REFERENCES dossiers (case_id),
    case_seq   INTEGER NOT NULL,
    type       TEXT NOT NULL,
    actor_id   TEXT NOT NULL,
    at         TEXT NOT NULL,
    leaf       BLOB NOT NULL, -- the header's JCS bytes, verbatim
    leaf_hash  BLOB NOT NULL,
    UNIQUE (case_id, case_seq)
);

CREATE TABLE trail_bodies (
    event_id TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES dossiers (case_id),
    body     BLOB NOT NULL -- salt and body under the dossier's key
);

-- Complete subtrees from level 1 up; level 0 is trail_events.leaf_hash.
CREATE TABLE trail_nodes (
    level      INTEGER NOT NULL,
    node_index INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    PRIMARY KEY (level, node_index)
);

CREATE TABLE trail_head (
    log      TEXT NOT NULL PRIMARY KEY,
    size     INTEGER NOT NULL,
    frontier BLOB NOT NULL
);

CREATE TABLE checkpoints (
    tree_size INTEGER NOT NULL PRIMARY KEY,
    at        TEXT NOT NULL,
    note      TEXT NOT NULL
);

CREATE TRIGGER trail_events_no_update BEFORE UPDATE ON trail_events
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

CREATE TRIGGER trail_events_no_delete BEFORE DELETE ON trail_events
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

CREATE TRIGGER trail_nodes_no_update BEFORE UPDATE ON trail_nodes
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

CREATE TRIGGER trail_nodes_no_delete BEFORE DELETE ON trail_nodes
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
