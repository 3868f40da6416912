-- Talk: what a message is, to what it replies, what it is about, how its text was changed; who was mentioned; and the room's minutes.
ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'remark'; -- question, answer, remark, advice, takeaway
ALTER TABLE messages ADD COLUMN reply_to TEXT; -- the message it answers
ALTER TABLE messages ADD COLUMN anchor_kind TEXT; -- reading, question
ALTER TABLE messages ADD COLUMN anchor_id TEXT; -- as the views name it
ALTER TABLE messages ADD COLUMN text_event TEXT; -- where its text stands since it was edited; null: in its own event
ALTER TABLE messages ADD COLUMN edited_at TEXT;
ALTER TABLE messages ADD COLUMN retracted_at TEXT;
ALTER TABLE messages ADD COLUMN retracted_by_id TEXT REFERENCES people (person_id);
ALTER TABLE messages ADD COLUMN retracted_event TEXT;

CREATE TABLE message_edits (
    event_id   TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    message_id TEXT NOT NULL REFERENCES messages (event_id),
    seq        INTEGER NOT NULL,
    edited_at  TEXT NOT NULL,
    UNIQUE (case_id, seq)
);

CREATE TABLE mentions (
    message_id TEXT NOT NULL REFERENCES messages (event_id),
    person_id  TEXT NOT NULL REFERENCES people (person_id),
    case_id    TEXT NOT NULL REFERENCES cases (case_id),
    seen_at    TEXT, -- when they saw the room after it
    PRIMARY KEY (message_id, person_id)
);

CREATE INDEX ix_mentions_case ON mentions (case_id, person_id);

-- What is written beside the facts. A change is a new row.
CREATE TABLE minutes_notes (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    section       TEXT NOT NULL, -- course, questions, advice, votes, takeaways, agreements
    number        INTEGER NOT NULL,
    event_id      TEXT NOT NULL,
    written_by_id TEXT NOT NULL REFERENCES people (person_id),
    written_at    TEXT NOT NULL,
    PRIMARY KEY (case_id, section, number)
);

CREATE TABLE minutes_versions (
    case_id        TEXT NOT NULL REFERENCES cases (case_id),
    number         INTEGER NOT NULL,
    event_id       TEXT NOT NULL, -- its body holds the facts and which notes they stand beside
    state          TEXT NOT NULL, -- proposed, takenBack, fixed
    proposed_by_id TEXT NOT NULL REFERENCES people (person_id),
    proposed_at    TEXT NOT NULL,
    due_at         TEXT NOT NULL, -- later answers are refused
    settled_at     TEXT,
    PRIMARY KEY (case_id, number)
);

-- Who is asked to approve a version, and what they said.
CREATE TABLE minutes_answers (
    case_id     TEXT NOT NULL,
    number      INTEGER NOT NULL,
    person_id   TEXT NOT NULL REFERENCES people (person_id),
    agrees      INTEGER, -- null: has not answered
    answered_at TEXT,
    event_id    TEXT,
    PRIMARY KEY (case_id, number, person_id),
    FOREIGN KEY (case_id, number) REFERENCES minutes_versions (case_id, number)
);

CREATE INDEX ix_minutes_answers_person ON minutes_answers (person_id, agrees);

-- deadlines.kind may be 'minutes' from here on: the time to approve is up.
