-- How the signing key was handed over, and what was sent to anchors outside.
CREATE TABLE key_rotations (
    new_key   TEXT NOT NULL PRIMARY KEY, -- the new key's id, as in its vkey
    tree_size INTEGER NOT NULL,
    at        TEXT NOT NULL,
    event_id  TEXT NOT NULL,
    note      TEXT NOT NULL -- signed by both keys
);

CREATE TABLE anchor_sends (
    anchor        TEXT NOT NULL, -- the name in the configuration
    tree_size     INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    note          TEXT NOT NULL,
    state         TEXT NOT NULL, -- waiting, sent
    queued_at     TEXT NOT NULL,
    next_at       TEXT NOT NULL,
    attempts      INTEGER NOT NULL,
    failure       TEXT NULL,
    claimed_by    TEXT NULL,
    claimed_until TEXT NULL,
    sent_at       TEXT NULL,
    receipt       BLOB NULL,
    PRIMARY KEY (anchor, tree_size)
);

CREATE INDEX ix_anchor_sends_next_at ON anchor_sends (state, next_at);
CREATE INDEX ix_dossiers_key_id ON dossiers (key_id);
