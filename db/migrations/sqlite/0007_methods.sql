-- Methods of an intervisie: each case carries a copy of the template with which it began; its room is in one of that copy's phases.
CREATE TABLE case_methods (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (case_id),
    method  TEXT NOT NULL, -- the template's id
    version INTEGER NOT NULL,
    sha256  TEXT NOT NULL, -- of json
    json    TEXT NOT NULL -- the template as it was
);

CREATE INDEX ix_case_methods_version ON case_methods (method, version, sha256);

ALTER TABLE cases ADD COLUMN co_facilitator_id TEXT REFERENCES people (person_id); -- leads the room as the facilitator does

ALTER TABLE rooms ADD COLUMN phase_number INTEGER; -- in the method's phases, from 1; null in rooms from before
ALTER TABLE rooms ADD COLUMN floor_id TEXT REFERENCES people (person_id); -- who was given the floor
ALTER TABLE rooms ADD COLUMN floor_since TEXT;

-- deadlines.kind may be 'clock' from here on: the time of a room's phase is up.

CREATE TABLE raised_hands (
    case_id   TEXT NOT NULL REFERENCES cases (case_id),
    person_id TEXT NOT NULL REFERENCES people (person_id),
    seq       INTEGER NOT NULL, -- of the command: the order in which they went up
    raised_at TEXT NOT NULL,
    PRIMARY KEY (case_id, person_id)
);
