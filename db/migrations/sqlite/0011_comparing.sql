-- Comparing: what was found of what readers missed, and who looks into what would change a reader's mind. Dissent: what came of it.
-- An entry of a reading's list is named by the reading's event and its place in that list: the words stay where the reader wrote them.
CREATE TABLE missing_checks (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    reading_event TEXT NOT NULL,
    place         INTEGER NOT NULL, -- from 0, in the reading's list
    event_id      TEXT NOT NULL, -- says what was found
    person_id     TEXT NOT NULL REFERENCES people (person_id),
    checked_at    TEXT NOT NULL,
    PRIMARY KEY (case_id, reading_event, place)
);

CREATE TABLE enquiries (
    case_id       TEXT NOT NULL REFERENCES cases (case_id),
    reading_event TEXT NOT NULL, -- whose mind it would change
    state         TEXT NOT NULL, -- taken, reported, answered
    taken_by_id   TEXT NOT NULL REFERENCES people (person_id),
    taken_at      TEXT NOT NULL,
    report_event  TEXT, -- says what was found
    reported_at   TEXT,
    reading_change TEXT, -- unchanged, shifted, changed
    answer_event  TEXT, -- says why
    answered_at   TEXT,
    PRIMARY KEY (case_id, reading_event)
);

ALTER TABLE dissents ADD COLUMN compared_event TEXT; -- what happened, seen beside the statement
ALTER TABLE dissents ADD COLUMN compared_at TEXT;
ALTER TABLE dissents ADD COLUMN closing_event TEXT; -- the dissenter's last word on it
