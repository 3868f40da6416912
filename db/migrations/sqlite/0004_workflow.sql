-- What makes work durable: the engine's own state, what it asked for, deadlines, receipts and the outbox.
CREATE TABLE workflow_definitions (
    sha256     TEXT NOT NULL PRIMARY KEY, -- of the file's bytes; every version ever used is kept
    definition TEXT NOT NULL,
    version    INTEGER NOT NULL,
    json       TEXT NOT NULL,
    first_used_at TEXT NOT NULL
);

CREATE TABLE workflow_instances (
    case_id    TEXT NOT NULL PRIMARY KEY REFERENCES cases (case_id),
    sha256     TEXT NOT NULL REFERENCES workflow_definitions (sha256),
    flow_state TEXT NOT NULL, -- the engine's bookmarks and variables: ids, enumerations, numbers
    updated_at TEXT NOT NULL
);

CREATE TABLE open_steps (
    case_id  TEXT NOT NULL REFERENCES cases (case_id),
    node     TEXT NOT NULL,
    activity TEXT NOT NULL,
    inputs   TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    due_at   TEXT,
    PRIMARY KEY (case_id, node)
);

CREATE TABLE deadlines (
    deadline_id TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES cases (case_id),
    kind        TEXT NOT NULL, -- step, reminder, invitation
    node        TEXT,
    person_id   TEXT,
    due_at      TEXT NOT NULL,
    state       TEXT NOT NULL, -- open, fired, cancelled
    settled_at  TEXT
);

CREATE INDEX ix_deadlines_due ON deadlines (state, due_at);
CREATE INDEX ix_deadlines_case ON deadlines (case_id, state);

CREATE TABLE receipts (
    command_id   TEXT NOT NULL PRIMARY KEY,
    person_id    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    content_hash TEXT NOT NULL, -- SHA-256 over kind, case and content: the same id with other content is refused
    case_id      TEXT NOT NULL,
    seq          INTEGER NOT NULL,
    created_id   TEXT,
    at           TEXT NOT NULL
);

CREATE TABLE outbox (
    outbox_id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    seq           INTEGER NOT NULL,
    payload       TEXT NOT NULL, -- safe for the least informed member: counts and ids, no content
    at            TEXT NOT NULL,
    claimed_by    TEXT, -- the batch that delivers it
    claimed_until TEXT, -- until then nobody else does
    delivered_at  TEXT,
    UNIQUE (case_id, seq)
);

CREATE INDEX ix_outbox_waiting ON outbox (delivered_at, outbox_id);
