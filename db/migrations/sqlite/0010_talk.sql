-- Talk: what a message is, to what it replies and what it is about.
ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'remark'; -- question, answer, remark, advice, takeaway
ALTER TABLE messages ADD COLUMN reply_to TEXT; -- the message it answers
ALTER TABLE messages ADD COLUMN anchor_kind TEXT; -- reading, question
ALTER TABLE messages ADD COLUMN anchor_id TEXT; -- as the views name it
