-- An event writes as little beside its own row as can be. Subtrees of fewer than 16 leaves are hashed again when a proof wants them: their leaves are
-- read together anyway.
CREATE TABLE trail_subtrees (
    level      INT        NOT NULL, -- 4 and above: 2 to that power leaves
    node_index BIGINT     NOT NULL,
    hash       BINARY(32) NOT NULL,
    CONSTRAINT pk_trail_subtrees PRIMARY KEY (level, node_index)
);
GO
INSERT INTO trail_subtrees (level, node_index, hash) SELECT level, node_index, hash FROM trail_nodes WHERE level >= 4;
GO
DROP TABLE trail_nodes;
GO
-- An event's number follows that of its dossier's last event, read while the head is locked: a counter beside it said the same again.
ALTER TABLE dossiers DROP COLUMN trail_seq;
