-- What auditors do, and access in an emergency. Ids, enumerations, numbers and times; the texts lie in the bodies of the events.
CREATE TABLE emergency_accesses (
    access_id      TEXT NOT NULL PRIMARY KEY,
    case_id        TEXT NOT NULL REFERENCES cases (case_id),
    person_id      TEXT NOT NULL REFERENCES people (person_id),
    opened_at      TEXT NOT NULL,
    opened_event   TEXT NOT NULL, -- says why
    ends_at        TEXT NOT NULL, -- judged by the clock
    verdict        TEXT, -- confirmed, unfounded
    reviewed_by_id TEXT REFERENCES people (person_id),
    reviewed_at    TEXT,
    reviewed_event TEXT
);

CREATE INDEX ix_emergency_accesses_case ON emergency_accesses (case_id, opened_at);

CREATE TABLE findings (
    finding_id    TEXT NOT NULL PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    about_seq     INTEGER, -- the event of the case that it is about
    sample_id     TEXT, -- came up in this sample
    severity      TEXT NOT NULL, -- remark, minor, serious
    state         TEXT NOT NULL, -- open, answered, closed, superseded
    raised_by_id  TEXT NOT NULL REFERENCES people (person_id),
    raised_at     TEXT NOT NULL,
    raised_event  TEXT NOT NULL, -- says what
    replaces_id   TEXT, -- the finding that this one supersedes
    closed_by_id  TEXT REFERENCES people (person_id),
    closed_at     TEXT,
    closed_event  TEXT -- says what came of it
);

CREATE INDEX ix_findings_case ON findings (case_id, raised_at);
CREATE INDEX ix_findings_state ON findings (state, raised_by_id);

CREATE TABLE finding_replies (
    event_id      TEXT NOT NULL PRIMARY KEY, -- says what
    finding_id    TEXT NOT NULL REFERENCES findings (finding_id),
    replied_by_id TEXT NOT NULL REFERENCES people (person_id),
    replied_at    TEXT NOT NULL
);

CREATE INDEX ix_finding_replies_finding ON finding_replies (finding_id, replied_at);

CREATE TABLE samples (
    sample_id    TEXT NOT NULL PRIMARY KEY,
    made_by_id   TEXT NOT NULL REFERENCES people (person_id),
    made_at      TEXT NOT NULL,
    made_event   TEXT NOT NULL, -- says what for, and holds the population and what was drawn from it
    seed         TEXT NOT NULL,
    unit         TEXT NOT NULL, -- cases, percent
    amount       INTEGER NOT NULL,
    strata       TEXT NOT NULL, -- none, team, outcome
    population   INTEGER NOT NULL,
    drawn        INTEGER NOT NULL,
    tree_size    INTEGER NOT NULL -- of the trail when it was drawn
);

CREATE INDEX ix_samples_made ON samples (made_at);

CREATE TABLE export_jobs (
    job_id          TEXT NOT NULL PRIMARY KEY,
    requested_by_id TEXT NOT NULL REFERENCES people (person_id),
    requested_at    TEXT NOT NULL,
    requested_event TEXT NOT NULL, -- says why
    scope           TEXT NOT NULL, -- case, period, everything
    case_id         TEXT REFERENCES cases (case_id),
    from_on         TEXT,
    to_on           TEXT,
    profile         TEXT NOT NULL,
    language        TEXT NOT NULL,
    state           TEXT NOT NULL, -- asked, approved, refused, building, ready, failed, cancelled, expired
    judged_by_id    TEXT REFERENCES people (person_id),
    judged_at       TEXT,
    judged_event    TEXT,
    host            TEXT, -- which builds it, or built it
    lease_until     TEXT, -- then another may take over
    attempts        INTEGER NOT NULL,
    done_events     INTEGER NOT NULL,
    total_events    INTEGER NOT NULL,
    finished_at     TEXT,
    failure         TEXT, -- a refusal's code
    file_bytes      INTEGER,
    file_sha256     TEXT,
    expires_at      TEXT
);

CREATE INDEX ix_export_jobs_state ON export_jobs (state, requested_at);
CREATE INDEX ix_export_jobs_requested ON export_jobs (requested_by_id, requested_at);
