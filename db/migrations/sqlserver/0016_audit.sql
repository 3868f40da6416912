-- What auditors do, and access in an emergency. Ids, enumerations, numbers and times; the texts lie in the bodies of the events.
CREATE TABLE emergency_accesses (
    access_id      UNIQUEIDENTIFIER NOT NULL,
    case_id        UNIQUEIDENTIFIER NOT NULL,
    person_id      UNIQUEIDENTIFIER NOT NULL,
    opened_at      DATETIME2(6)     NOT NULL,
    opened_event   UNIQUEIDENTIFIER NOT NULL, -- says why
    ends_at        DATETIME2(6)     NOT NULL, -- judged by the clock
    verdict        VARCHAR(60)      NULL, -- confirmed, unfounded
    reviewed_by_id UNIQUEIDENTIFIER NULL,
    reviewed_at    DATETIME2(6)     NULL,
    reviewed_event UNIQUEIDENTIFIER NULL,
    CONSTRAINT pk_emergency_accesses PRIMARY KEY (access_id),
    CONSTRAINT fk_emergency_accesses_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_emergency_accesses_person_id FOREIGN KEY (person_id) REFERENCES people (person_id),
    CONSTRAINT fk_emergency_accesses_reviewed_by_id FOREIGN KEY (reviewed_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_emergency_accesses_case ON emergency_accesses (case_id, opened_at);
GO
CREATE TABLE findings (
    finding_id    UNIQUEIDENTIFIER NOT NULL,
    case_id       UNIQUEIDENTIFIER NOT NULL,
    about_seq     BIGINT           NULL, -- the event of the case that it is about
    sample_id     UNIQUEIDENTIFIER NULL, -- came up in this sample
    severity      VARCHAR(60)      NOT NULL, -- remark, minor, serious
    state         VARCHAR(60)      NOT NULL, -- open, answered, closed, superseded
    raised_by_id  UNIQUEIDENTIFIER NOT NULL,
    raised_at     DATETIME2(6)     NOT NULL,
    raised_event  UNIQUEIDENTIFIER NOT NULL, -- says what
    replaces_id   UNIQUEIDENTIFIER NULL, -- the finding that this one supersedes
    closed_by_id  UNIQUEIDENTIFIER NULL,
    closed_at     DATETIME2(6)     NULL,
    closed_event  UNIQUEIDENTIFIER NULL, -- says what came of it
    CONSTRAINT pk_findings PRIMARY KEY (finding_id),
    CONSTRAINT fk_findings_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_findings_raised_by_id FOREIGN KEY (raised_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_findings_closed_by_id FOREIGN KEY (closed_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_findings_case ON findings (case_id, raised_at);
GO
CREATE INDEX ix_findings_state ON findings (state, raised_by_id);
GO
CREATE TABLE finding_replies (
    event_id      UNIQUEIDENTIFIER NOT NULL, -- says what
    finding_id    UNIQUEIDENTIFIER NOT NULL,
    replied_by_id UNIQUEIDENTIFIER NOT NULL,
    replied_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_finding_replies PRIMARY KEY (event_id),
    CONSTRAINT fk_finding_replies_finding_id FOREIGN KEY (finding_id) REFERENCES findings (finding_id),
    CONSTRAINT fk_finding_replies_replied_by_id FOREIGN KEY (replied_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_finding_replies_finding ON finding_replies (finding_id, replied_at);
GO
CREATE TABLE samples (
    sample_id    UNIQUEIDENTIFIER NOT NULL,
    made_by_id   UNIQUEIDENTIFIER NOT NULL,
    made_at      DATETIME2(6)     NOT NULL,
    made_event   UNIQUEIDENTIFIER NOT NULL, -- says what for, and holds the population and what was drawn from it
    seed         NVARCHAR(100)    NOT NULL,
    unit         VARCHAR(60)      NOT NULL, -- cases, percent
    amount       INT              NOT NULL,
    strata       VARCHAR(60)      NOT NULL, -- none, team, outcome
    population   INT              NOT NULL,
    drawn        INT              NOT NULL,
    tree_size    BIGINT           NOT NULL, -- of the trail when it was drawn
    CONSTRAINT pk_samples PRIMARY KEY (sample_id),
    CONSTRAINT fk_samples_made_by_id FOREIGN KEY (made_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_samples_made ON samples (made_at);
GO
CREATE TABLE export_jobs (
    job_id          UNIQUEIDENTIFIER NOT NULL,
    requested_by_id UNIQUEIDENTIFIER NOT NULL,
    requested_at    DATETIME2(6)     NOT NULL,
    requested_event UNIQUEIDENTIFIER NOT NULL, -- says why
    scope           VARCHAR(60)      NOT NULL, -- case, period, everything
    case_id         UNIQUEIDENTIFIER NULL,
    from_on         DATE             NULL,
    to_on           DATE             NULL,
    profile         VARCHAR(60)      NOT NULL,
    language        VARCHAR(10)      NOT NULL,
    state           VARCHAR(60)      NOT NULL, -- asked, approved, refused, building, ready, failed, cancelled, expired
    judged_by_id    UNIQUEIDENTIFIER NULL,
    judged_at       DATETIME2(6)     NULL,
    judged_event    UNIQUEIDENTIFIER NULL,
    host            NVARCHAR(100)    NULL, -- which builds it, or built it
    lease_until     DATETIME2(6)     NULL, -- then another may take over
    attempts        INT              NOT NULL,
    done_events     BIGINT           NOT NULL,
    total_events    BIGINT           NOT NULL,
    finished_at     DATETIME2(6)     NULL,
    failure         VARCHAR(60)      NULL, -- a refusal's code
    file_bytes      BIGINT           NULL,
    file_sha256     VARCHAR(64)      NULL,
    expires_at      DATETIME2(6)     NULL,
    CONSTRAINT pk_export_jobs PRIMARY KEY (job_id),
    CONSTRAINT fk_export_jobs_requested_by_id FOREIGN KEY (requested_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_export_jobs_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_export_jobs_judged_by_id FOREIGN KEY (judged_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_export_jobs_state ON export_jobs (state, requested_at);
GO
CREATE INDEX ix_export_jobs_requested ON export_jobs (requested_by_id, requested_at);
