-- What makes work durable: the engine's own state, what it asked for, deadlines, receipts and the outbox.
CREATE TABLE workflow_definitions (
    sha256        CHAR(64)      NOT NULL, -- of the file's bytes; every version ever used is kept
    definition    VARCHAR(200)  NOT NULL,
    version       INT           NOT NULL,
    json          NVARCHAR(MAX) NOT NULL,
    first_used_at DATETIME2(6)  NOT NULL,
    CONSTRAINT pk_workflow_definitions PRIMARY KEY (sha256)
);
GO
CREATE TABLE workflow_instances (
    case_id    UNIQUEIDENTIFIER NOT NULL,
    sha256     CHAR(64)         NOT NULL,
    flow_state NVARCHAR(MAX)    NOT NULL, -- the engine's bookmarks and variables: ids, enumerations, numbers
    updated_at DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_workflow_instances PRIMARY KEY (case_id),
    CONSTRAINT fk_workflow_instances_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_workflow_instances_sha256 FOREIGN KEY (sha256) REFERENCES workflow_definitions (sha256)
);
GO
CREATE TABLE open_steps (
    case_id  UNIQUEIDENTIFIER NOT NULL,
    node     VARCHAR(200)     NOT NULL,
    activity VARCHAR(60)      NOT NULL,
    inputs   NVARCHAR(MAX)    NOT NULL,
    asked_at DATETIME2(6)     NOT NULL,
    due_at   DATETIME2(6)     NULL,
    CONSTRAINT pk_open_steps PRIMARY KEY (case_id, node),
    CONSTRAINT fk_open_steps_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE TABLE deadlines (
    deadline_id UNIQUEIDENTIFIER NOT NULL,
    case_id     UNIQUEIDENTIFIER NOT NULL,
    kind        VARCHAR(60)      NOT NULL, -- step, reminder, invitation
    node        VARCHAR(200)     NULL,
    person_id   UNIQUEIDENTIFIER NULL,
    due_at      DATETIME2(6)     NOT NULL,
    state       VARCHAR(60)      NOT NULL, -- open, fired, cancelled
    settled_at  DATETIME2(6)     NULL,
    CONSTRAINT pk_deadlines PRIMARY KEY (deadline_id),
    CONSTRAINT fk_deadlines_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE INDEX ix_deadlines_due ON deadlines (state, due_at);
GO
CREATE INDEX ix_deadlines_case ON deadlines (case_id, state);
GO
CREATE TABLE receipts (
    command_id   UNIQUEIDENTIFIER NOT NULL,
    person_id    UNIQUEIDENTIFIER NOT NULL,
    kind         VARCHAR(60)      NOT NULL,
    content_hash CHAR(64)         NOT NULL, -- SHA-256 over kind, case and content: the same id with other content is refused
    case_id      UNIQUEIDENTIFIER NOT NULL,
    seq          BIGINT           NOT NULL,
    created_id   UNIQUEIDENTIFIER NULL,
    at           DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (command_id)
);
GO
CREATE TABLE outbox (
    outbox_id     BIGINT IDENTITY(1, 1) NOT NULL,
    case_id       UNIQUEIDENTIFIER      NOT NULL,
    seq           BIGINT                NOT NULL,
    payload       NVARCHAR(MAX)         NOT NULL, -- safe for the least informed member: counts and ids, no content
    at            DATETIME2(6)          NOT NULL,
    claimed_by    UNIQUEIDENTIFIER      NULL, -- the batch that delivers it
    claimed_until DATETIME2(6)          NULL, -- until then nobody else does
    delivered_at  DATETIME2(6)          NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (outbox_id),
    CONSTRAINT fk_outbox_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT uq_outbox_seq UNIQUE (case_id, seq)
);
GO
CREATE INDEX ix_outbox_waiting ON outbox (delivered_at, outbox_id);
