-- Talk: what a message is, to what it replies and what it is about.
ALTER TABLE messages ADD
    kind        VARCHAR(60)      NOT NULL CONSTRAINT df_messages_kind DEFAULT 'remark', -- question, answer, remark, advice, takeaway
    reply_to    UNIQUEIDENTIFIER NULL, -- the message it answers
    anchor_kind VARCHAR(60)      NULL, -- reading, question
    anchor_id   UNIQUEIDENTIFIER NULL; -- as the views name it
GO
