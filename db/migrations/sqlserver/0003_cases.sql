-- State holds ids, enumerations, numbers and times. What people wrote lies in the body of the event whose id stands beside it.
CREATE TABLE cases (
    case_id          UNIQUEIDENTIFIER NOT NULL,
    seq              BIGINT           NOT NULL, -- one per state-changing command; clients see gaps by it
    phase            VARCHAR(60)      NOT NULL,
    phase_since      DATETIME2(6)     NOT NULL,
    submitter_id     UNIQUEIDENTIFIER NOT NULL,
    owner_id         UNIQUEIDENTIFIER NOT NULL,
    facilitator_id   UNIQUEIDENTIFIER NULL,
    team             NVARCHAR(100)    NOT NULL,
    workflow         VARCHAR(200)     NULL, -- definition id, once submitted
    workflow_sha256  CHAR(64)         NULL,
    urgency          VARCHAR(60)      NULL,
    subject_kind     VARCHAR(60)      NULL,
    age_band         NVARCHAR(100)    NULL,
    platform         NVARCHAR(100)    NULL,
    visibility       VARCHAR(60)      NULL,
    access_route     VARCHAR(60)      NULL,
    created_at       DATETIME2(6)     NOT NULL,
    submitted_at     DATETIME2(6)     NULL,
    submission_event UNIQUEIDENTIFIER NULL,
    revealed_at      DATETIME2(6)     NULL, -- the readings' reveal; irreversible
    reveal_reason    VARCHAR(60)      NULL,
    escalated_at     DATETIME2(6)     NULL, -- waits for the coordinator since
    escalation       VARCHAR(200)     NULL,
    review_on        DATE             NULL,
    closed_at        DATETIME2(6)     NULL,
    CONSTRAINT pk_cases PRIMARY KEY (case_id),
    CONSTRAINT fk_cases_case_id FOREIGN KEY (case_id) REFERENCES dossiers (case_id),
    CONSTRAINT fk_cases_submitter_id FOREIGN KEY (submitter_id) REFERENCES people (person_id),
    CONSTRAINT fk_cases_owner_id FOREIGN KEY (owner_id) REFERENCES people (person_id),
    CONSTRAINT fk_cases_facilitator_id FOREIGN KEY (facilitator_id) REFERENCES people (person_id),
    CONSTRAINT fk_cases_team FOREIGN KEY (team) REFERENCES teams (team)
);
GO
CREATE INDEX ix_cases_phase ON cases (phase, phase_since);
GO
CREATE INDEX ix_cases_owner ON cases (owner_id, phase);
GO
CREATE INDEX ix_cases_submitter ON cases (submitter_id, phase);
GO
CREATE TABLE case_tags (
    case_id UNIQUEIDENTIFIER NOT NULL,
    tag     NVARCHAR(100)    NOT NULL,
    CONSTRAINT pk_case_tags PRIMARY KEY (case_id, tag),
    CONSTRAINT fk_case_tags_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE TABLE additions (
    event_id    UNIQUEIDENTIFIER NOT NULL,
    case_id     UNIQUEIDENTIFIER NOT NULL,
    added_by_id UNIQUEIDENTIFIER NOT NULL,
    added_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_additions PRIMARY KEY (event_id),
    CONSTRAINT fk_additions_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_additions_added_by_id FOREIGN KEY (added_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_additions_case ON additions (case_id, added_at);
GO
CREATE TABLE drafts (
    case_id   UNIQUEIDENTIFIER NOT NULL,
    person_id UNIQUEIDENTIFIER NOT NULL,
    kind      VARCHAR(60)      NOT NULL,
    revision  INT              NOT NULL,
    content   VARBINARY(MAX)   NOT NULL, -- under the dossier's key
    saved_at  DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (case_id, person_id, kind),
    CONSTRAINT fk_drafts_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_drafts_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_drafts_person ON drafts (person_id, saved_at);
GO
CREATE TABLE attachments (
    attachment_id   UNIQUEIDENTIFIER NOT NULL,
    case_id         UNIQUEIDENTIFIER NOT NULL,
    event_id        UNIQUEIDENTIFIER NOT NULL,
    added_by_id     UNIQUEIDENTIFIER NOT NULL,
    added_at        DATETIME2(6)     NOT NULL,
    width           INT              NOT NULL,
    height          INT              NOT NULL,
    original_sha256 CHAR(64)         NOT NULL,
    kept_sha256     CHAR(64)         NOT NULL,
    content         VARBINARY(MAX)   NOT NULL, -- under the dossier's key
    CONSTRAINT pk_attachments PRIMARY KEY (attachment_id),
    CONSTRAINT fk_attachments_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_attachments_added_by_id FOREIGN KEY (added_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_attachments_case ON attachments (case_id, added_at);
GO
CREATE TABLE invitations (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    person_id     UNIQUEIDENTIFIER NOT NULL,
    state         VARCHAR(60)      NOT NULL, -- invited, accepted, declined, expired, replaced
    near          BIT              NOT NULL, -- knows the lifeworld or the code of this case
    conflict      BIT              NOT NULL, -- declared a conflict of interest
    invited_at    DATETIME2(6)     NOT NULL,
    invited_event UNIQUEIDENTIFIER NOT NULL,
    respond_by    DATETIME2(6)     NOT NULL,
    responded_at  DATETIME2(6)     NULL,
    ready_at      DATETIME2(6)     NULL, -- has no (more) clarifying questions
    CONSTRAINT pk_invitations PRIMARY KEY (case_id, person_id),
    CONSTRAINT fk_invitations_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_invitations_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_invitations_person ON invitations (person_id, state);
GO
CREATE TABLE questions (
    question_id    UNIQUEIDENTIFIER NOT NULL,
    case_id        UNIQUEIDENTIFIER NOT NULL,
    asked_by_id    UNIQUEIDENTIFIER NOT NULL,
    asked_at       DATETIME2(6)     NOT NULL,
    asked_event    UNIQUEIDENTIFIER NOT NULL,
    answered_at    DATETIME2(6)     NULL,
    answered_event UNIQUEIDENTIFIER NULL,
    helped         BIT              NULL, -- the submitter's mark: did this question help?
    CONSTRAINT pk_questions PRIMARY KEY (question_id),
    CONSTRAINT fk_questions_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_questions_asked_by_id FOREIGN KEY (asked_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_questions_case ON questions (case_id, asked_at);
GO
CREATE TABLE interpretations (
    case_id          UNIQUEIDENTIFIER NOT NULL,
    person_id        UNIQUEIDENTIFIER NOT NULL,
    event_id         UNIQUEIDENTIFIER NOT NULL,
    kind             VARCHAR(60)      NOT NULL, -- reading, cannotJudge, questionUnclear
    reading_position VARCHAR(60)      NULL,
    concern          INT              NULL,
    confidence       INT              NULL,
    submitted_at     DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_interpretations PRIMARY KEY (case_id, person_id),
    CONSTRAINT fk_interpretations_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_interpretations_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE TABLE rooms (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    method        VARCHAR(60)      NOT NULL,
    room_phase    VARCHAR(60)      NOT NULL,
    round         INT              NOT NULL,
    phase_since   DATETIME2(6)     NOT NULL,
    phase_ends_at DATETIME2(6)     NULL,
    CONSTRAINT pk_rooms PRIMARY KEY (case_id),
    CONSTRAINT fk_rooms_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE TABLE attendance (
    case_id   UNIQUEIDENTIFIER NOT NULL,
    person_id UNIQUEIDENTIFIER NOT NULL,
    joined_at DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (case_id, person_id),
    CONSTRAINT fk_attendance_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_attendance_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE TABLE messages (
    event_id   UNIQUEIDENTIFIER NOT NULL,
    case_id    UNIQUEIDENTIFIER NOT NULL,
    person_id  UNIQUEIDENTIFIER NOT NULL,
    room_phase VARCHAR(60)      NOT NULL,
    seq        BIGINT           NOT NULL,
    said_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_messages PRIMARY KEY (event_id),
    CONSTRAINT fk_messages_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_messages_person_id FOREIGN KEY (person_id) REFERENCES people (person_id),
    CONSTRAINT uq_messages_seq UNIQUE (case_id, seq)
);
GO
CREATE TABLE vote_rounds (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    round         INT              NOT NULL,
    quorum        INT              NOT NULL,
    options       VARCHAR(400)     NOT NULL, -- what may be chosen, comma separated; frozen at the first ballot
    opened_at     DATETIME2(6)     NOT NULL,
    due_at        DATETIME2(6)     NOT NULL,
    revealed_at   DATETIME2(6)     NULL,
    reveal_reason VARCHAR(60)      NULL,
    CONSTRAINT pk_vote_rounds PRIMARY KEY (case_id, round),
    CONSTRAINT fk_vote_rounds_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE TABLE ballots (
    case_id    UNIQUEIDENTIFIER NOT NULL,
    round      INT              NOT NULL,
    person_id  UNIQUEIDENTIFIER NOT NULL,
    event_id   UNIQUEIDENTIFIER NOT NULL,
    choice     VARCHAR(60)      NULL, -- null: abstained, with a reason in the body
    concern    INT              NULL,
    confidence INT              NULL,
    cast_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_ballots PRIMARY KEY (case_id, round, person_id),
    CONSTRAINT fk_ballots_person_id FOREIGN KEY (person_id) REFERENCES people (person_id),
    CONSTRAINT fk_ballots_vote_rounds FOREIGN KEY (case_id, round) REFERENCES vote_rounds (case_id, round)
);
GO
CREATE TABLE decisions (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    number        INT              NOT NULL,
    state         VARCHAR(60)      NOT NULL, -- immediate, proposed, approved, returned, superseded
    event_id      UNIQUEIDENTIFIER NOT NULL,
    outcome       VARCHAR(60)      NOT NULL,
    deviates      BIT              NOT NULL,
    decided_by_id UNIQUEIDENTIFIER NOT NULL,
    decided_at    DATETIME2(6)     NOT NULL,
    review_on     DATE             NOT NULL,
    approver_id   UNIQUEIDENTIFIER NULL,
    judged_at     DATETIME2(6)     NULL,
    judged_event  UNIQUEIDENTIFIER NULL,
    CONSTRAINT pk_decisions PRIMARY KEY (case_id, number),
    CONSTRAINT fk_decisions_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_decisions_decided_by_id FOREIGN KEY (decided_by_id) REFERENCES people (person_id),
    CONSTRAINT fk_decisions_approver_id FOREIGN KEY (approver_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_decisions_approver ON decisions (approver_id, state);
GO
CREATE TABLE dissents (
    case_id         UNIQUEIDENTIFIER NOT NULL,
    person_id       UNIQUEIDENTIFIER NOT NULL,
    state           VARCHAR(60)      NOT NULL, -- asked, stated, waived
    asked_event     UNIQUEIDENTIFIER NULL,
    statement_event UNIQUEIDENTIFIER NULL,
    changed_at      DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_dissents PRIMARY KEY (case_id, person_id),
    CONSTRAINT fk_dissents_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_dissents_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE TABLE follow_ups (
    follow_up_id  UNIQUEIDENTIFIER NOT NULL,
    case_id       UNIQUEIDENTIFIER NOT NULL,
    event_id      UNIQUEIDENTIFIER NOT NULL,
    owner_id      UNIQUEIDENTIFIER NOT NULL,
    due_on        DATE             NOT NULL,
    channel       VARCHAR(60)      NULL,
    theme         VARCHAR(60)      NULL,
    timing        VARCHAR(60)      NULL,
    outside_hours BIT              NOT NULL,
    state         VARCHAR(60)      NOT NULL, -- proposed, planned, done, dropped
    result_event  UNIQUEIDENTIFIER NULL,
    done_at       DATETIME2(6)     NULL,
    CONSTRAINT pk_follow_ups PRIMARY KEY (follow_up_id),
    CONSTRAINT fk_follow_ups_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_follow_ups_owner_id FOREIGN KEY (owner_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_follow_ups_case ON follow_ups (case_id, due_on);
GO
CREATE INDEX ix_follow_ups_owner ON follow_ups (owner_id, state, due_on);
GO
CREATE TABLE reviews (
    event_id       UNIQUEIDENTIFIER NOT NULL,
    case_id        UNIQUEIDENTIFIER NOT NULL,
    reviewed_by_id UNIQUEIDENTIFIER NOT NULL,
    reviewed_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_reviews PRIMARY KEY (event_id),
    CONSTRAINT fk_reviews_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_reviews_reviewed_by_id FOREIGN KEY (reviewed_by_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_reviews_case ON reviews (case_id, reviewed_at);
