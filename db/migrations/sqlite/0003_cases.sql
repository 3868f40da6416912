-- State holds ids, enumerations, numbers and times. What people wrote lies in the body of the event whose id stands beside it.
CREATE TABLE cases (
    case_id          TEXT NOT NULL PRIMARY KEY REFERENCES dossiers (case_id),
    seq              INTEGER NOT NULL, -- one per state-changing command; clients see gaps by it
    phase            TEXT NOT NULL,
    phase_since      TEXT NOT NULL,
    submitter_id     TEXT NOT NULL REFERENCES people (person_id),
    owner_id         TEXT NOT NULL REFERENCES people (person_id),
    facilitator_id   TEXT REFERENCES people (person_id),
    team             TEXT NOT NULL REFERENCES teams (team),
    workflow         TEXT, -- definition id, once submitted
    workflow_sha256  TEXT,
    urgency          TEXT,
    subject_kind     TEXT,
    age_band         TEXT,
    platform         TEXT,
    visibility       TEXT,
    access_route     TEXT,
    created_at       TEXT NOT NULL,
    submitted_at     TEXT,
    submission_event TEXT,
    revealed_at      TEXT, -- the readings' reveal; irreversible
    reveal_reason    TEXT,
    escalated_at     TEXT, -- waits for the coordinator since
    escalation       TEXT,
    review_on        TEXT,
    closed_at        TEXT
);

CREATE INDEX ix_cases_phase ON cases (phase, phase_since);
CREATE INDEX ix_cases_owner ON cases (owner_id, phase);
CREATE INDEX ix_cases_submitter ON cases (submitter_id, phase);

CREATE TABLE case_tags (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    tag     TEXT NOT NULL,
    PRIMARY KEY (case_id, tag)
);

CREATE TABLE additions (
    event_id TEXT NOT NULL PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES cases (case_id),
    added_by_id TEXT NOT NULL REFERENCES people (person_id),
    added_at TEXT NOT NULL
);

CREATE INDEX ix_additions_case ON additions (case_id, added_at);

CREATE TABLE drafts (
    case_id   TEXT NOT NULL REFERENCES cases (case_id),
    person_id TEXT NOT NULL REFERENCES people (person_id),
    kind      TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    content   BLOB NOT NULL, -- under the dossier's key
    saved_at  TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id, kind)
);

CREATE INDEX ix_drafts_person ON drafts (person_id, saved_at);

CREATE TABLE attachments (
    attachment_id   TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES cases (case_id),
    event_id        TEXT NOT NULL,
    added_by_id     TEXT NOT NULL REFERENCES people (person_id),
    added_at        TEXT NOT NULL,
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    original_sha256 TEXT NOT NULL,
    kept_sha256     TEXT NOT NULL,
    content         BLOB NOT NULL -- under the dossier's key
);

CREATE INDEX ix_attachments_case ON attachments (case_id, added_at);

CREATE TABLE invitations (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    person_id     TEXT NOT NULL REFERENCES people (person_id),
    state         TEXT NOT NULL, -- invited, accepted, declined, expired, replaced
    near          INTEGER NOT NULL, -- knows the lifeworld or the code of this case
    conflict      INTEGER NOT NULL, -- declared a conflict of interest
    invited_at    TEXT NOT NULL,
    invited_event TEXT NOT NULL,
    respond_by    TEXT NOT NULL,
    responded_at  TEXT,
    ready_at      TEXT, -- has no (more) clarifying questions
    PRIMARY KEY (case_id, person_id)
);

CREATE INDEX ix_invitations_person ON invitations (person_id, state);

CREATE TABLE questions (
    question_id    TEXT NOT NULL PRIMARY KEY,
    case_id        TEXT NOT NULL REFERENCES cases (case_id),
    asked_by_id    TEXT NOT NULL REFERENCES people (person_id),
    asked_at       TEXT NOT NULL,
    asked_event    TEXT NOT NULL,
    answered_at    TEXT,
    answered_event TEXT,
    helped         INTEGER -- the submitter's mark: did this question help?
);

CREATE INDEX ix_questions_case ON questions (case_id, asked_at);

CREATE TABLE interpretations (
    case_id          TEXT NOT NULL REFERENCES cases (case_id),
    person_id        TEXT NOT NULL REFERENCES people (person_id),
    event_id         TEXT NOT NULL,
    kind             TEXT NOT NULL, -- reading, cannotJudge, questionUnclear
    reading_position TEXT,
    concern          INTEGER,
    confidence       INTEGER,
    submitted_at     TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);

CREATE TABLE rooms (
    case_id       TEXT NOT NULL PRIMARY KEY REFERENCES cases (case_id),
    method        TEXT NOT NULL,
    room_phase    TEXT NOT NULL,
    round         INTEGER NOT NULL,
    phase_since   TEXT NOT NULL,
    phase_ends_at TEXT
);

CREATE TABLE attendance (
    case_id   TEXT NOT NULL REFERENCES cases (case_id),
    person_id TEXT NOT NULL REFERENCES people (person_id),
    joined_at TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);

CREATE TABLE messages (
    event_id   TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    person_id  TEXT NOT NULL REFERENCES people (person_id),
    room_phase TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    said_at    TEXT NOT NULL,
    UNIQUE (case_id, seq)
);

CREATE TABLE vote_rounds (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    round         INTEGER NOT NULL,
    quorum        INTEGER NOT NULL,
    options       TEXT NOT NULL, -- what may be chosen, comma separated; frozen at the first ballot
    opened_at     TEXT NOT NULL,
    due_at        TEXT NOT NULL,
    revealed_at   TEXT,
    reveal_reason TEXT,
    PRIMARY KEY (case_id, round)
);

CREATE TABLE ballots (
    case_id    TEXT NOT NULL,
    round      INTEGER NOT NULL,
    person_id  TEXT NOT NULL REFERENCES people (person_id),
    event_id   TEXT NOT NULL,
    choice     TEXT, -- null: abstained, with a reason in the body
    concern    INTEGER,
    confidence INTEGER,
    cast_at    TEXT NOT NULL,
    PRIMARY KEY (case_id, round, person_id),
    FOREIGN KEY (case_id, round) REFERENCES vote_rounds (case_id, round)
);

CREATE TABLE decisions (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    number        INTEGER NOT NULL,
    state         TEXT NOT NULL, -- immediate, proposed, approved, returned, superseded
    event_id      TEXT NOT NULL,
    outcome       TEXT NOT NULL,
    deviates      INTEGER NOT NULL,
    decided_by_id TEXT NOT NULL REFERENCES people (person_id),
    decided_at    TEXT NOT NULL,
    review_on     TEXT NOT NULL,
    approver_id   TEXT REFERENCES people (person_id),
    judged_at     TEXT,
    judged_event  TEXT,
    PRIMARY KEY (case_id, number)
);

CREATE INDEX ix_decisions_approver ON decisions (approver_id, state);

CREATE TABLE dissents (
    case_id         TEXT NOT NULL REFERENCES cases (case_id),
    person_id       TEXT NOT NULL REFERENCES people (person_id),
    state           TEXT NOT NULL, -- asked, stated, waived
    asked_event     TEXT,
    statement_event TEXT,
    changed_at      TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);

CREATE TABLE follow_ups (
    follow_up_id  TEXT NOT NULL PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    event_id      TEXT NOT NULL,
    owner_id      TEXT NOT NULL REFERENCES people (person_id),
    due_on        TEXT NOT NULL,
    channel       TEXT,
    theme         TEXT,
    timing        TEXT,
    outside_hours INTEGER NOT NULL,
    state         TEXT NOT NULL, -- proposed, planned, done, dropped
    result_event  TEXT,
    done_at       TEXT
);

CREATE INDEX ix_follow_ups_case ON follow_ups (case_id, due_on);
CREATE INDEX ix_follow_ups_owner ON follow_ups (owner_id, state, due_on);

CREATE TABLE reviews (
    event_id       TEXT NOT NULL PRIMARY KEY,
    case_id        TEXT NOT NULL REFERENCES cases (case_id),
    reviewed_by_id TEXT NOT NULL REFERENCES people (person_id),
    reviewed_at    TEXT NOT NULL
);

CREATE INDEX ix_reviews_case ON reviews (case_id, reviewed_at);
