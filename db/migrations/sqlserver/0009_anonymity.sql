-- Anonymity: how much may be known of who wrote what, the letters people go by, and the urns of detached votes.
ALTER TABLE cases ADD
    reading_anonymity VARCHAR(60) NULL, -- named, pseudonymous; null: as the case's method has it
    vote_anonymity    VARCHAR(60) NULL; -- named, pseudonymous, detached; null as well
GO
ALTER TABLE interpretations ADD
    revealed_at DATETIME2(6) NULL; -- null while it is blind
GO
UPDATE interpretations
SET revealed_at = (SELECT c.revealed_at FROM cases c WHERE c.case_id = interpretations.case_id)
WHERE submitted_at <= (SELECT c.revealed_at FROM cases c WHERE c.case_id = interpretations.case_id);
GO
CREATE TABLE pseudonyms (
    case_id   UNIQUEIDENTIFIER NOT NULL,
    kind      VARCHAR(60)      NOT NULL, -- reading, vote: not the same letter, or who votes without having read would stand out
    person_id UNIQUEIDENTIFIER NOT NULL,
    place     INT              NOT NULL, -- of the letter; drawn by lot
    shown_id  UNIQUEIDENTIFIER NOT NULL, -- instead of the person's id
    CONSTRAINT pk_pseudonyms PRIMARY KEY (case_id, kind, person_id),
    CONSTRAINT uq_pseudonyms_place UNIQUE (case_id, kind, place),
    CONSTRAINT uq_pseudonyms_shown_id UNIQUE (shown_id),
    CONSTRAINT fk_pseudonyms_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_pseudonyms_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
-- One of each detached round. Who voted stands in ballots, without a choice; what was voted stands here, without a voter.
CREATE TABLE urns (
    case_id      UNIQUEIDENTIFIER NOT NULL,
    round        INT              NOT NULL,
    key_id       UNIQUEIDENTIFIER NULL, -- of the file that opens it; another after each ballot; null once revealed
    content      VARBINARY(MAX)   NULL, -- every ballot, sorted by what it says; null once revealed
    sealed_event UNIQUEIDENTIFIER NULL, -- whose body holds them from the reveal on
    CONSTRAINT pk_urns PRIMARY KEY (case_id, round),
    CONSTRAINT fk_urns_round FOREIGN KEY (case_id, round) REFERENCES vote_rounds (case_id, round)
);
GO
-- What a detached round came to: as ballots, without a voter and without a time.
CREATE TABLE urn_ballots (
    case_id    UNIQUEIDENTIFIER NOT NULL,
    round      INT              NOT NULL,
    place      INT              NOT NULL, -- among the sorted ballots, from 0
    choice     VARCHAR(60)      NULL,
    answer     VARCHAR(400)     NULL,
    concern    INT              NULL,
    confidence INT              NULL,
    CONSTRAINT pk_urn_ballots PRIMARY KEY (case_id, round, place),
    CONSTRAINT fk_urn_ballots_urn FOREIGN KEY (case_id, round) REFERENCES urns (case_id, round)
);
