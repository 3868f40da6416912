-- Methods of an intervisie: each case carries a copy of the template with which it began; its room is in one of that copy's phases.
CREATE TABLE case_methods (
    case_id UNIQUEIDENTIFIER NOT NULL,
    method  VARCHAR(60)      NOT NULL, -- the template's id
    version INT              NOT NULL,
    sha256  CHAR(64)         NOT NULL, -- of json
    json    NVARCHAR(MAX)    NOT NULL, -- the template as it was
    CONSTRAINT pk_case_methods PRIMARY KEY (case_id),
    CONSTRAINT fk_case_methods_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE INDEX ix_case_methods_version ON case_methods (method, version, sha256);
GO
ALTER TABLE cases ADD
    co_facilitator_id UNIQUEIDENTIFIER NULL, -- leads the room as the facilitator does
    CONSTRAINT fk_cases_co_facilitator_id FOREIGN KEY (co_facilitator_id) REFERENCES people (person_id);
GO
ALTER TABLE rooms ADD
    phase_number INT              NULL, -- in the method's phases, from 1; null in rooms from before
    floor_id     UNIQUEIDENTIFIER NULL, -- who was given the floor
    floor_since  DATETIME2(6)     NULL,
    CONSTRAINT fk_rooms_floor_id FOREIGN KEY (floor_id) REFERENCES people (person_id);
GO
-- deadlines.kind may be 'clock' from here on: the time of a room's phase is up.
CREATE TABLE raised_hands (
    case_id   UNIQUEIDENTIFIER NOT NULL,
    person_id UNIQUEIDENTIFIER NOT NULL,
    seq       BIGINT           NOT NULL, -- of the command: the order in which they went up
    raised_at DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_raised_hands PRIMARY KEY (case_id, person_id),
    CONSTRAINT fk_raised_hands_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_raised_hands_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
