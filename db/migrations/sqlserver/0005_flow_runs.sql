-- What an engine outside our transaction was told, and what it asked. An engine's own storage can be made again from these rows.
CREATE TABLE flow_runs (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    run           INT              NOT NULL, -- from 1; a reopened case starts another
    sha256        CHAR(64)         NOT NULL,
    inputs        NVARCHAR(MAX)    NOT NULL, -- ids, enumerations, numbers
    state         VARCHAR(60)      NOT NULL, -- running, finished, cancelled, takenOver
    changes       BIGINT           NOT NULL, -- one more for each thing that the engine must hear of
    applied       BIGINT           NOT NULL, -- as many as it has heard of
    failures      INT              NOT NULL, -- in a row
    claimed_by    UNIQUEIDENTIFIER NULL, -- the process that tells it now
    claimed_until DATETIME2(6)     NULL, -- until then nobody else does; after a failure: not before then
    started_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_flow_runs PRIMARY KEY (case_id, run),
    CONSTRAINT fk_flow_runs_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_flow_runs_sha256 FOREIGN KEY (sha256) REFERENCES workflow_definitions (sha256)
);
GO
CREATE INDEX ix_flow_runs_state ON flow_runs (state, case_id);
GO
CREATE TABLE flow_asks (
    case_id    UNIQUEIDENTIFIER NOT NULL,
    run        INT              NOT NULL,
    ask        INT              NOT NULL, -- from 1, in the order in which the steps were carried out
    node       VARCHAR(200)     NOT NULL,
    wait_id    VARCHAR(200)     NULL, -- the engine's own name of what waits; none while its storage is being made again
    asked_at   DATETIME2(6)     NOT NULL,
    completion INT              NULL, -- from 1, in the order in which the steps were completed
    outcome    VARCHAR(200)     NULL,
    outputs    NVARCHAR(MAX)    NULL,
    CONSTRAINT pk_flow_asks PRIMARY KEY (case_id, run, ask),
    CONSTRAINT fk_flow_asks_run FOREIGN KEY (case_id, run) REFERENCES flow_runs (case_id, run)
);
