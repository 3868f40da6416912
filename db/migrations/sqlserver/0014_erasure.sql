-- Legal holds and erasure. What was written about either lies in the case's dossier, and goes with it; here stand ids, enumerations and times.
ALTER TABLE dossiers ADD
    share_id UNIQUEIDENTIFIER NULL; -- names the file outside the database that opens the dossier together with wrapped_key; null: wrapped_key does
GO
ALTER TABLE cases ADD
    erased_at DATETIME2(6) NULL;
GO
CREATE TABLE legal_holds (
    hold_id      UNIQUEIDENTIFIER NOT NULL,
    case_id      UNIQUEIDENTIFIER NOT NULL,
    ground       VARCHAR(60)      NOT NULL, -- claim, complaint, investigation, supervision, other
    until_on     DATE             NULL, -- the last day on which it stands; null: until it is lifted
    placed_by_id UNIQUEIDENTIFIER NOT NULL,
    placed_at    DATETIME2(6)     NOT NULL,
    placed_event UNIQUEIDENTIFIER NOT NULL,
    lifted_by_id UNIQUEIDENTIFIER NULL,
    lifted_at    DATETIME2(6)     NULL,
    lifted_event UNIQUEIDENTIFIER NULL,
    CONSTRAINT pk_legal_holds PRIMARY KEY (hold_id),
    CONSTRAINT fk_legal_holds_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_legal_holds_placed_by_id FOREIGN KEY (placed_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_legal_holds_lifted_by_id FOREIGN KEY (lifted_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_legal_holds_case ON legal_holds (case_id, lifted_at);
GO
-- No reference to people: a rule that was agreed on erases without a request, and a list kept outside the database may name who has left since.
CREATE TABLE erasures (
    erasure_id      UNIQUEIDENTIFIER NOT NULL,
    case_id         UNIQUEIDENTIFIER NOT NULL,
    ground          VARCHAR(60)      NOT NULL, -- noLongerNeeded, consentWithdrawn, objection, unlawfulSource, legalObligation, childService, retentionOver
    asked_by        VARCHAR(60)      NOT NULL, -- subject, parent, representative, organisation, authority, rule
    rule_id         VARCHAR(100)     NULL, -- of the retention rule by which it was erased
    state           VARCHAR(60)      NOT NULL, -- requested, checked, approved, declined, erased
    interests       VARCHAR(200)     NULL, -- what was weighed: "reportingCode:absent,otherSubject:yields,claim:absent"
    requested_by_id UNIQUEIDENTIFIER NOT NULL,
    requested_at    DATETIME2(6)     NOT NULL,
    requested_event UNIQUEIDENTIFIER NOT NULL,
    checked_by_id   UNIQUEIDENTIFIER NULL,
    checked_at      DATETIME2(6)     NULL,
    checked_event   UNIQUEIDENTIFIER NULL,
    settled_by_id   UNIQUEIDENTIFIER NULL, -- who approved or declined
    settled_at      DATETIME2(6)     NULL,
    settled_event   UNIQUEIDENTIFIER NULL,
    erased_by_id    UNIQUEIDENTIFIER NULL,
    erased_at       DATETIME2(6)     NULL,
    erased_event    UNIQUEIDENTIFIER NULL, -- subject.erased
    ended_share     UNIQUEIDENTIFIER NULL, -- of the dossier's key that ended
    reapplied_at    DATETIME2(6)     NULL, -- erased again, in a database that was put back from before it
    destroyed_at    DATETIME2(6)     NULL, -- then nothing of it was left in any file: no key, no log of the database, no bundle that waited; and it is on the list
    CONSTRAINT pk_erasures PRIMARY KEY (erasure_id),
    CONSTRAINT fk_erasures_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE INDEX ix_erasures_case ON erasures (case_id, state);
GO
CREATE INDEX ix_erasures_state ON erasures (state, requested_at);
