-- What an engine outside our transaction was told, and what it asked. An engine's own storage can be made again from these rows.
CREATE TABLE flow_runs (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    run           INTEGER NOT NULL, -- from 1; a reopened case starts another
    sha256        TEXT NOT NULL REFERENCES workflow_definitions (sha256),
    inputs        TEXT NOT NULL, -- ids, enumerations, numbers
    state         TEXT NOT NULL, -- running, finished, cancelled, takenOver
    changes       INTEGER NOT NULL, -- one more for each thing that the engine must hear of
    applied       INTEGER NOT NULL, -- as many as it has heard of
    failures      INTEGER NOT NULL, -- in a row
    claimed_by    TEXT, -- the process that tells it now
    claimed_until TEXT, -- until then nobody else does; after a failure: not before then
    started_at    TEXT NOT NULL,
    PRIMARY KEY (case_id, run)
);

CREATE INDEX ix_flow_runs_state ON flow_runs (state, case_id);

CREATE TABLE flow_asks (
    case_id    TEXT NOT NULL,
    run        INTEGER NOT NULL,
    ask        INTEGER NOT NULL, -- from 1, in the order in which the steps were carried out
    node       TEXT NOT NULL,
    wait_id    TEXT, -- the engine's own name of what waits; none while its storage is being made again
    asked_at   TEXT NOT NULL,
    completion INTEGER, -- from 1, in the order in which the steps were completed
    outcome    TEXT,
    outputs    TEXT,
    PRIMARY KEY (case_id, run, ask),
    FOREIGN KEY (case_id, run) REFERENCES flow_runs (case_id, run)
);
