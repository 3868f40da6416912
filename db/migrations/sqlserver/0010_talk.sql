-- Talk: what a message is, to what it replies, what it is about, how its text was changed; who was mentioned; and the room's minutes.
ALTER TABLE messages ADD
    kind            VARCHAR(60)      NOT NULL CONSTRAINT df_messages_kind DEFAULT 'remark', -- question, answer, remark, advice, takeaway
    reply_to        UNIQUEIDENTIFIER NULL, -- the message it answers
    anchor_kind     VARCHAR(60)      NULL, -- reading, question
    anchor_id       UNIQUEIDENTIFIER NULL, -- as the views name it
    text_event      UNIQUEIDENTIFIER NULL, -- where its text stands since it was edited; null: in its own event
    edited_at       DATETIME2(6)     NULL,
    retracted_at    DATETIME2(6)     NULL,
    retracted_by_id UNIQUEIDENTIFIER NULL CONSTRAINT fk_messages_retracted_by_id REFERENCES people (person_id),
    retracted_event UNIQUEIDENTIFIER NULL;
GO
CREATE TABLE message_edits (
    event_id   UNIQUEIDENTIFIER NOT NULL,
    case_id    UNIQUEIDENTIFIER NOT NULL,
    message_id UNIQUEIDENTIFIER NOT NULL,
    seq        BIGINT           NOT NULL,
    edited_at  DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_message_edits PRIMARY KEY (event_id),
    CONSTRAINT fk_message_edits_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_message_edits_message_id FOREIGN KEY (message_id) REFERENCES messages (event_id),
    CONSTRAINT uq_message_edits_seq UNIQUE (case_id, seq)
);
GO
CREATE TABLE mentions (
    message_id UNIQUEIDENTIFIER NOT NULL,
    person_id  UNIQUEIDENTIFIER NOT NULL,
    case_id    UNIQUEIDENTIFIER NOT NULL,
    seen_at    DATETIME2(6)     NULL, -- when they saw the room after it
    CONSTRAINT pk_mentions PRIMARY KEY (message_id, person_id),
    CONSTRAINT fk_mentions_message_id FOREIGN KEY (message_id) REFERENCES messages (event_id),
    CONSTRAINT fk_mentions_person_id FOREIGN KEY (person_id) REFERENCES people (person_id),
    CONSTRAINT fk_mentions_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id)
);
GO
CREATE INDEX ix_mentions_case ON mentions (case_id, person_id);
GO
-- What is written beside the facts. A change is a new row.
CREATE TABLE minutes_notes (
    case_id       UNIQUEIDENTIFIER NOT NULL,
    section       VARCHAR(60)      NOT NULL, -- course, questions, advice, votes, takeaways, agreements
    number        INT              NOT NULL,
    event_id      UNIQUEIDENTIFIER NOT NULL,
    written_by_id UNIQUEIDENTIFIER NOT NULL,
    written_at    DATETIME2(6)     NOT NULL,
    CONSTRAINT pk_minutes_notes PRIMARY KEY (case_id, section, number),
    CONSTRAINT fk_minutes_notes_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_minutes_notes_written_by_id FOREIGN KEY (written_by_id) REFERENCES people (person_id)
);
GO
CREATE TABLE minutes_versions (
    case_id        UNIQUEIDENTIFIER NOT NULL,
    number         INT              NOT NULL,
    event_id       UNIQUEIDENTIFIER NOT NULL, -- its body holds the facts and which notes they stand beside
    state          VARCHAR(60)      NOT NULL, -- proposed, takenBack, fixed
    proposed_by_id UNIQUEIDENTIFIER NOT NULL,
    proposed_at    DATETIME2(6)     NOT NULL,
    due_at         DATETIME2(6)     NOT NULL, -- later answers are refused
    settled_at     DATETIME2(6)     NULL,
    CONSTRAINT pk_minutes_versions PRIMARY KEY (case_id, number),
    CONSTRAINT fk_minutes_versions_case_id FOREIGN KEY (case_id) REFERENCES cases (case_id),
    CONSTRAINT fk_minutes_versions_proposed_by_id FOREIGN KEY (proposed_by_id) REFERENCES people (person_id)
);
GO
-- Who is asked to approve a version, and what they said.
CREATE TABLE minutes_answers (
    case_id     UNIQUEIDENTIFIER NOT NULL,
    number      INT              NOT NULL,
    person_id   UNIQUEIDENTIFIER NOT NULL,
    agrees      BIT              NULL, -- null: has not answered
    answered_at DATETIME2(6)     NULL,
    event_id    UNIQUEIDENTIFIER NULL,
    CONSTRAINT pk_minutes_answers PRIMARY KEY (case_id, number, person_id),
    CONSTRAINT fk_minutes_answers_version FOREIGN KEY (case_id, number) REFERENCES minutes_versions (case_id, number),
    CONSTRAINT fk_minutes_answers_person_id FOREIGN KEY (person_id) REFERENCES people (person_id)
);
GO
CREATE INDEX ix_minutes_answers_person ON minutes_answers (person_id, agrees);
GO
-- deadlines.kind may be 'minutes' from here on: the time to approve is up.
