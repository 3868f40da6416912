-- How the signing key was handed over, and what was sent to anchors outside.
CREATE TABLE key_rotations (
    new_key   VARCHAR(8)       NOT NULL, -- the new key's id, as in its vkey
    tree_size BIGINT           NOT NULL,
    at        DATETIME2(6)     NOT NULL,
    event_id  UNIQUEIDENTIFIER NOT NULL,
    note      NVARCHAR(2000)   NOT NULL, -- signed by both keys
    CONSTRAINT pk_key_rotations PRIMARY KEY (new_key)
);
GO
CREATE TABLE anchor_sends (
    anchor        VARCHAR(40)      NOT NULL, -- the name in the configuration
    tree_size     BIGINT           NOT NULL,
    kind          VARCHAR(20)      NOT NULL,
    note          NVARCHAR(2000)   NOT NULL,
    state         VARCHAR(20)      NOT NULL, -- waiting, sent
    queued_at     DATETIME2(6)     NOT NULL,
    next_at       DATETIME2(6)     NOT NULL,
    attempts      INT              NOT NULL,
    failure       VARCHAR(20)      NULL,
    claimed_by    UNIQUEIDENTIFIER NULL,
    claimed_until DATETIME2(6)     NULL,
    sent_at       DATETIME2(6)     NULL,
    receipt       VARBINARY(MAX)   NULL,
    CONSTRAINT pk_anchor_sends PRIMARY KEY (anchor, tree_size)
);
GO
CREATE INDEX ix_anchor_sends_next_at ON anchor_sends (state, next_at);
GO
CREATE INDEX ix_dossiers_key_id ON dossiers (key_id);
