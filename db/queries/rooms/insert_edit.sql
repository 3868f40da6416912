INSERT INTO message_edits (event_id, case_id, message_id, seq, edited_at) VALUES (@EventId, @CaseId, @MessageId, @Seq, @Now)
