-- How long cases are kept, by rules that two people let in; and requests for access by the subjects of cases.
CREATE TABLE retention_rule_sets (
    sha256          TEXT NOT NULL PRIMARY KEY, -- of the file's bytes; every version that was ever loaded is kept
    rule_set        TEXT NOT NULL,
    version         INTEGER NOT NULL,
    json            TEXT NOT NULL,
    state           TEXT NOT NULL, -- loaded, proposed, active, past
    loaded_at       TEXT NOT NULL,
    proposed_by_id  TEXT REFERENCES people (person_id),
    proposed_at     TEXT,
    proposed_event  TEXT,
    activated_by_id TEXT REFERENCES people (person_id), -- never who proposed it
    activated_at    TEXT,
    UNIQUE (rule_set, version)
);

-- How long people could have seen what is shown: what lies between two looks counts for an hour at most, so that a clock that leaps does not
-- make anything seen.
CREATE TABLE retention_clock (
    clock        TEXT NOT NULL PRIMARY KEY, -- sweep
    looked_at    TEXT NOT NULL,
    seen_seconds INTEGER NOT NULL
);

CREATE TABLE retention_cases (
    case_id         TEXT NOT NULL PRIMARY KEY REFERENCES cases (case_id),
    case_seq        INTEGER NOT NULL, -- cases.seq when it was reckoned: another one means again
    sha256          TEXT NOT NULL REFERENCES retention_rule_sets (sha256),
    rule_name       TEXT, -- the rule's id; null while the case runs
    ground          TEXT NOT NULL,
    ground_by       TEXT NOT NULL, -- standard, submission, person
    counted_from    TEXT, -- null when the case does not tell from when the rule counts
    due_on          TEXT,
    notice_on       TEXT,
    action          TEXT, -- erase, review
    state           TEXT NOT NULL, -- running, counting, noticed, objected, erasing, erased
    reckoned_at     TEXT NOT NULL,
    postponed_until TEXT, -- an exception that was granted
    notice_event    TEXT,
    noticed_at      TEXT,
    seen_from       INTEGER, -- retention_clock.seen_seconds at the notice
    notice_seconds  INTEGER, -- for how long it must have been there to see
    objection_event TEXT,
    objected_by_id  TEXT REFERENCES people (person_id),
    objected_until  TEXT,
    failures        INTEGER NOT NULL DEFAULT 0,
    retry_at        TEXT
);

CREATE INDEX ix_retention_cases_notice ON retention_cases (state, notice_on);
CREATE INDEX ix_retention_cases_due ON retention_cases (due_on);

-- A request has a dossier of its own: what was written about who asks is erased with that.
CREATE TABLE access_requests (
    request_id       TEXT NOT NULL PRIMARY KEY REFERENCES dossiers (case_id),
    state            TEXT NOT NULL, -- registered, granted, refused, answered
    requester        TEXT NOT NULL, -- youngPerson, parent, representative
    age              INTEGER NOT NULL, -- of the young person, in years
    identity_check   TEXT NOT NULL, -- seenDocument, knownInPerson, official, notChecked
    received_on      TEXT NOT NULL,
    due_on           TEXT NOT NULL, -- moved when it is extended
    extended         INTEGER NOT NULL,
    registered_by_id TEXT NOT NULL REFERENCES people (person_id),
    registered_event TEXT NOT NULL,
    rules_sha256     TEXT, -- of the rules by which it was decided
    decided_by_id    TEXT REFERENCES people (person_id),
    decided_at       TEXT,
    decided_event    TEXT,
    refusal_ground   TEXT,
    answered_at      TEXT
);

CREATE INDEX ix_access_requests_due ON access_requests (state, due_on);

-- One a case of a request: what is left out of what the requester gets, and the file.
CREATE TABLE access_files (
    file_id        TEXT NOT NULL PRIMARY KEY,
    request_id     TEXT NOT NULL REFERENCES access_requests (request_id),
    case_id        TEXT NOT NULL REFERENCES cases (case_id),
    state          TEXT NOT NULL, -- marking, proposed, approved, expired
    revision       INTEGER NOT NULL,
    added_by_id    TEXT NOT NULL REFERENCES people (person_id),
    added_at       TEXT NOT NULL,
    marks          BLOB, -- what is blacked out, under the case's key
    page           BLOB, -- the page that was made of it, under the case's key; gone when it expired
    data           BLOB, -- the same for programs
    made_by_id     TEXT REFERENCES people (person_id),
    made_at        TEXT,
    approved_by_id TEXT REFERENCES people (person_id),
    approved_at    TEXT,
    expires_at     TEXT,
    UNIQUE (request_id, case_id)
);

CREATE INDEX ix_access_files_expires ON access_files (state, expires_at);
