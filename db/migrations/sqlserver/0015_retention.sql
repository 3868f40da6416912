-- How long cases are kept, by rules that two people let in; and requests for access by the subjects of cases.
CREATE TABLE retention_rule_sets (
    sha256          CHAR(64)         NOT NULL, -- of the file's bytes; every version that was ever loaded is kept
    rule_set        VARCHAR(60)      NOT NULL,
    version         INT              NOT NULL,
    json            NVARCHAR(MAX)    NOT NULL,
    state           VARCHAR(60)      NOT NULL, -- loaded, proposed, active, past
    loaded_at       DATETIME2(6)     NOT NULL,
    proposed_by_id  UNIQUEIDENTIFIER NULL,
    proposed_at     DATETIME2(6)     NULL,
    proposed_event  UNIQUEIDENTIFIER NULL,
    activated_by_id UNIQUEIDENTIFIER NULL, -- never who proposed it
    activated_at    DATETIME2(6)     NULL,
    CONSTRAINT pk_retention_rule_sets PRIMARY KEY (sha256),
    CONSTRAINT fk_retention_rule_sets_proposed_by_id FOREIGN KEY (proposed_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_retention_rule_sets_activated_by_id FOREIGN KEY (activated_by_id) REFERENCES people (person_id),
    CONSTRAINT uq_retention_rule_sets_version UNIQUE (rule_set, version)
);
GO
-- How long people could have seen what is shown: what lies between two looks counts for an hour at most, so that a clock that leaps does not
-- make anything seen.
CREATE TABLE retention_clock (
    clock        VARCHAR(60)  NOT NULL, -- sweep
    looked_at    DATETIME2(6) NOT NULL,
    seen_seconds BIGINT       NOT NULL,
    CONSTRAINT pk_retention_clock PRIMARY KEY (clock)
);
GO
CREATE TABLE retention_cases (
    case_id         UNIQUEIDENTIFIER NOT NULL,
    case_seq        BIGINT           NOT NULL, -- cases.seq when it was reckoned: another one means again
    sha256          CHAR(64)         NOT NULL,
    rule_name       VARCHAR(60)      NULL, -- the rule's id; null while the case runs
    ground          VARCHAR(60)      NOT NULL,
    ground_by       VARCHAR(60)      NOT NULL, -- standard, submission, person
    counted_from    DATE             NULL, -- null when the case does not tell from when the rule counts
    due_on          DATE             NULL,
    notice_on       DATE             NULL,
    action          VARCHAR(60)      NULL, -- erase, review
    state           VARCHAR(60)      NOT NULL, -- running, counting, noticed, objected, erasing, erased
    reckoned_at     DATETIME2(6)     NOT NULL,
    postponed_until DATE             NULL, -- an exception that was granted
    notice_event    UNIQUEIDENTIFIER NULL,
    noticed_at      DATETIME2(6)     NULL,
    seen_from       BIGINT           NULL, -- retention_clock.seen_seconds at the notice
    notice_seconds  BIGINT           NULL, -- for how long it must have been there to see
    objection_event UNIQUEIDENTIFIER NULL,
    objected_by_id  UNIQUEIDENTIFIER NULL,
    objected_until  DATE             NULL,
    failures        INT              NOT NULL CONSTRAINT df_retention_cases_failures DEFAULT 0,
    retry_at        DATETIME2(6)     NULL,
    CONSTRAINT pk_retention_cases PRIMARY KEY (case_id),
    CONSTRAINT fk_retention_cases_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_retention_cases_sha256 FOREIGN KEY (sha256) REFERENCES retention_rule_sets (sha256),
    CONSTRAINT fk_retention_cases_objected_by_id FOREIGN KEY (objected_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_retention_cases_notice ON retention_cases (state, notice_on);
GO
CREATE INDEX ix_retention_cases_due ON retention_cases (due_on);
GO
-- A request has a dossier of its own: what was written about who asks is erased with that.
CREATE TABLE access_requests (
    request_id       UNIQUEIDENTIFIER NOT NULL,
    state            VARCHAR(60)      NOT NULL, -- registered, granted, refused, answered
    requester        VARCHAR(60)      NOT NULL, -- youngPerson, parent, representative
    age              INT              NOT NULL, -- of the young person, in years
    identity_check   VARCHAR(60)      NOT NULL, -- seenDocument, knownInPerson, official, notChecked
    received_on      DATE             NOT NULL,
    due_on           DATE             NOT NULL, -- moved when it is extended
    extended         BIT              NOT NULL,
    registered_by_id UNIQUEIDENTIFIER NOT NULL,
    registered_event UNIQUEIDENTIFIER NOT NULL,
    rules_sha256     CHAR(64)         NULL, -- of the rules by which it was decided
    decided_by_id    UNIQUEIDENTIFIER NULL,
    decided_at       DATETIME2(6)     NULL,
    decided_event    UNIQUEIDENTIFIER NULL,
    refusal_ground   VARCHAR(60)      NULL,
    answered_at      DATETIME2(6)     NULL,
    CONSTRAINT pk_access_requests PRIMARY KEY (request_id),
    CONSTRAINT fk_access_requests_request_id FOREIGN KEY (request_id) REFERENCES dossiers (case_id),
    CONSTRAINT fk_access_requests_registered_by_id FOREIGN KEY (registered_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_access_requests_decided_by_id FOREIGN KEY (decided_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_access_requests_due ON access_requests (state, due_on);
GO
-- One a case of a request: what is left out of what the requester gets, and the file.
CREATE TABLE access_files (
    file_id        UNIQUEIDENTIFIER NOT NULL,
    request_id     UNIQUEIDENTIFIER NOT NULL,
    case_id        UNIQUEIDENTIFIER NOT NULL,
    state          VARCHAR(60)      NOT NULL, -- marking, proposed, approved, expired
    revision       BIGINT           NOT NULL,
    added_by_id    UNIQUEIDENTIFIER NOT NULL,
    added_at       DATETIME2(6)     NOT NULL,
    marks          VARBINARY(MAX)   NULL, -- what is blacked out, under the case's key
    page           VARBINARY(MAX)   NULL, -- the page that was made of it, under the case's key; gone when it expired
    data           VARBINARY(MAX)   NULL, -- the same for programs
    made_by_id     UNIQUEIDENTIFIER NULL,
    made_at        DATETIME2(6)     NULL,
    approved_by_id UNIQUEIDENTIFIER NULL,
    approved_at    DATETIME2(6)     NULL,
    expires_at     DATETIME2(6)     NULL,
    CONSTRAINT pk_access_files PRIMARY KEY (file_id),
    CONSTRAINT fk_access_files_request_id FOREIGN KEY (request_id) REFERENCES access_requests (request_id),
    CONSTRAINT fk_access_files_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_access_files_added_by_id FOREIGN KEY (added_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_access_files_made_by_id FOREIGN KEY (made_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_access_files_approved_by_id FOREIGN KEY (approved_by_id) REFERENCES people (person_id),
    CONSTRAINT uq_access_files_case_id UNIQUE (request_id, case_id)
);
GO
CREATE INDEX ix_access_files_expires ON access_files (state, expires_at);
