-- Comparing: what was found of what readers missed, and who looks into what would change a reader's mind. Dissent: what came of it.
-- An entry of a reading's list is named by the reading's event and its place in that list: the words stay where the reader wrote them.
CREATE TABLE missing_checks (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    reading_event UNIQUEIDENTIFIER NOT NULL,
    place         INT              NOT NULL, -- from 0, in the reading's list
    event_id      UNIQUEIDENTIFIER NOT NULL, -- says what was found
    person_id     UNIQUEIDENTIFIER NOT NULL,
    checked_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_missing_checks PRIMARY KEY (case_id, reading_event, place),
    CONSTRAINT fk_missing_checks_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_missing_checks_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE TABLE enquiries (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    reading_event UNIQUEIDENTIFIER NOT NULL, -- whose mind it would change
    state         VARCHAR(60)      NOT NULL, -- taken, reported, answered
    taken_by_id   UNIQUEIDENTIFIER NOT NULL,
    taken_at      DATETIME2(6)     NOT NULL,
    report_event  UNIQUEIDENTIFIER NULL, -- says what was found
    reported_at   DATETIME2(6)     NULL,
    reading_change VARCHAR(60)     NULL, -- unchanged, shifted, changed
    answer_event  UNIQUEIDENTIFIER NULL, -- says why
    answered_at   DATETIME2(6)     NULL,
    CONSTRAINT pk_enquiries PRIMARY KEY (case_id, reading_event),
    CONSTRAINT fk_enquiries_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_enquiries_taken_by_id FOREIGN KEY (taken_by_id) REFERENCES people (person_id)
);
GO
ALTER TABLE dissents ADD
    compared_event UNIQUEIDENTIFIER NULL, -- what happened, seen beside the statement
    compared_at    DATETIME2(6)     NULL,
    closing_event  UNIQUEIDENTIFIER NULL; -- the dissenter's last word on it
