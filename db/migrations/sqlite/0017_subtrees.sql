-- An event writes as little beside its own row as can be. Subtrees of fewer than 16 leaves are hashed again when a proof wants them: their leaves are
-- read together anyway.
CREATE TABLE trail_subtrees (
    level      INTEGER NOT NULL, -- 4 and above: 2 to that power leaves
    node_index INTEGER NOT NULL,
    hash       BLOB NOT NULL,
    PRIMARY KEY (level, node_index)
);

INSERT INTO trail_subtrees (level, node_index, hash) SELECT level, node_index, hash FROM trail_nodes WHERE level >= 4;

DROP TABLE trail_nodes;

CREATE TRIGGER trail_subtrees_no_update BEFORE UPDATE ON trail_subtrees
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

CREATE TRIGGER trail_subtrees_no_delete BEFORE DELETE ON trail_subtrees
BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;

-- An event's number follows that of its dossier's last event, read while the head is locked: a counter beside it said the same again.
ALTER TABLE dossiers DROP COLUMN trail_seq;
