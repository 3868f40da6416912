-- Legal holds and erasure. What was written about either lies in the case's dossier, and goes with it; here stand ids, enumerations and times.
ALTER TABLE dossiers ADD COLUMN share_id TEXT; -- names the file outside the database that opens the dossier together with wrapped_key; null: wrapped_key does

ALTER TABLE cases ADD COLUMN erased_at TEXT;

CREATE TABLE legal_holds (
    hold_id      TEXT NOT NULL PRIMARY KEY,
    case_id      TEXT NOT NULL REFERENCES cases (case_id),
    ground       TEXT NOT NULL, -- claim, complaint, investigation, supervision, other
    until_on     TEXT, -- the last day on which it stands; null: until it is lifted
    placed_by_id TEXT NOT NULL REFERENCES people (person_id),
    placed_at    TEXT NOT NULL,
    placed_event TEXT NOT NULL,
    lifted_by_id TEXT REFERENCES people (person_id),
    lifted_at    TEXT,
    lifted_event TEXT
);

CREATE INDEX ix_legal_holds_case ON legal_holds (case_id, lifted_at);

-- No reference to people: a rule that was agreed on erases without a request, and a list kept outside the database may name who has left since.
CREATE TABLE erasures (
    erasure_id      TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES cases (case_id),
    ground          TEXT NOT NULL, -- noLongerNeeded, consentWithdrawn, objection, unlawfulSource, legalObligation, childService, retentionOver
    asked_by        TEXT NOT NULL, -- subject, parent, representative, organisation, authority, rule
    rule_id         TEXT, -- of the retention rule by which it was erased
    state           TEXT NOT NULL, -- requested, checked, approved, declined, erased
    interests       TEXT, -- what was weighed: "reportingCode:absent,otherSubject:yields,claim:absent"
    requested_by_id TEXT NOT NULL,
    requested_at    TEXT NOT NULL,
    requested_event TEXT NOT NULL,
    checked_by_id   TEXT,
    checked_at      TEXT,
    checked_event   TEXT,
    settled_by_id   TEXT, -- who approved or declined
    settled_at      TEXT,
    settled_event   TEXT,
    erased_by_id    TEXT,
    erased_at       TEXT,
    erased_event    TEXT, -- subject.erased
    ended_share     TEXT, -- of the dossier's key that ended
    reapplied_at    TEXT, -- erased again, in a database that was put back from before it
    destroyed_at    TEXT -- then nothing of it was left in any file: no key, no log of the database, no bundle that waited; and it is on the list
);

CREATE INDEX ix_erasures_case ON erasures (case_id, state);
CREATE INDEX ix_erasures_state ON erasures (state, requested_at);
