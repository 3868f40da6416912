-- Anonymity: how much may be known of who wrote what, the letters people go by, and the urns of detached votes.
ALTER TABLE cases ADD COLUMN reading_anonymity TEXT; -- named, pseudonymous; null: as the case's method has it
ALTER TABLE cases ADD COLUMN vote_anonymity TEXT; -- named, pseudonymous, detached; null as well

ALTER TABLE interpretations ADD COLUMN revealed_at TEXT; -- null while it is blind
UPDATE interpretations
SET revealed_at = (SELECT c.revealed_at FROM cases c WHERE c.case_id = interpretations.case_id)
WHERE submitted_at <= (SELECT c.revealed_at FROM cases c WHERE c.case_id = interpretations.case_id);

CREATE TABLE pseudonyms (
    case_id   TEXT NOT NULL REFERENCES cases (case_id),
    kind      TEXT NOT NULL, -- reading, vote: not the same letter, or who votes without having read would stand out
    person_id TEXT NOT NULL REFERENCES people (person_id),
    place     INTEGER NOT NULL, -- of the letter; drawn by lot
    shown_id  TEXT NOT NULL, -- instead of the person's id
    PRIMARY KEY (case_id, kind, person_id),
    UNIQUE (case_id, kind, place),
    UNIQUE (shown_id)
);

-- One of each detached round. Who voted stands in ballots, without a choice; what was voted stands here, without a voter.
CREATE TABLE urns (
    case_id      TEXT NOT NULL,
    round        INTEGER NOT NULL,
    key_id       TEXT, -- of the file that opens it; another after each ballot; null once revealed
    content      BLOB, -- every ballot, sorted by what it says; null once revealed
    sealed_event TEXT, -- whose body holds them from the reveal on
    PRIMARY KEY (case_id, round),
    FOREIGN KEY (case_id, round) REFERENCES vote_rounds (case_id, round)
);

-- What a detached round came to: as ballots, without a voter and without a time.
CREATE TABLE urn_ballots (
    case_id    TEXT NOT NULL,
    round      INTEGER NOT NULL,
    place      INTEGER NOT NULL, -- among the sorted ballots, from 0
    choice     TEXT,
    answer     TEXT,
    concern    INTEGER,
    confidence INTEGER,
    PRIMARY KEY (case_id, round, place),
    FOREIGN KEY (case_id, round) REFERENCES urns (case_id, round)
);
