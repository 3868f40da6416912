-- The decision trail: headers in a Merkle tree, encrypted bodies beside it. A dossier is a case, or the organisation itself.
CREATE TABLE dossiers (
    case_id     UNIQUEIDENTIFIER NOT NULL,
    trail_seq   BIGINT           NOT NULL, -- the last gapless number given out in this dossier
    key_id      VARCHAR(64)      NOT NULL, -- names the wrapping key, which lies outside the database
    wrapped_key VARBINARY(200)   NOT NULL,
    CONSTRAINT pk_dossiers PRIMARY KEY (case_id)
);
GO
CREATE TABLE trail_events (
    leaf_index BIGINT           NOT NULL,
    event_id   UNIQUEIDENTIFIER NOT NULL,
    case_id    UNIQUEIDENTIFIER NOT NULL,
    case_seq   BIGINT           NOT NULL,
    type       VARCHAR(60)      NOT NULL,
    actor_id   UNIQUEIDENTIFIER NOT NULL,
    at         DATETIME2(6)     NOT NULL,
    leaf       VARBINARY(2000)  NOT NULL, -- the header's JCS bytes, verbatim
    leaf_hash  BINARY(32)       NOT NULL,
    CONSTRAINT pk_trail_events PRIMARY KEY (leaf_index),
    CONSTRAINT uq_trail_events_event_id UNIQUE (event_id),
    CONSTRAINT fk_trail_events_case_id FOREIGN KEY (case_id) REFERENCES dossiers (case_id),
    CONSTRAINT uq_trail_events_case_seq UNIQUE (case_id, case_seq)
);
GO
CREATE TABLE trail_bodies (
    event_id UNIQUEIDENTIFIER NOT NULL,
    case_id  UNIQUEIDENTIFIER NOT NULL,
    body     VARBINARY(MAX)   NOT NULL, -- salt and body under the dossier's key
    CONSTRAINT pk_trail_bodies PRIMARY KEY (event_id),
    CONSTRAINT fk_trail_bodies_case_id FOREIGN KEY (case_id) REFERENCES dossiers (case_id)
);
GO
-- Complete subtrees from level 1 up; level 0 is trail_events.leaf_hash.
CREATE TABLE trail_nodes (
    level      INT        NOT NULL,
    node_index BIGINT     NOT NULL,
    hash       BINARY(32) NOT NULL,
    CONSTRAINT pk_trail_nodes PRIMARY KEY (level, node_index)
);
GO
CREATE TABLE trail_head (
    log      VARCHAR(200)    NOT NULL,
    size     BIGINT          NOT NULL,
    frontier VARBINARY(2048) NOT NULL,
    CONSTRAINT pk_trail_head PRIMARY KEY (log)
);
GO
CREATE TABLE checkpoints (
    tree_size BIGINT        NOT NULL,
    at        DATETIME2(6)  NOT NULL,
    note      VARCHAR(2000) NOT NULL,
    CONSTRAINT pk_checkpoints PRIMARY KEY (tree_size)
);
