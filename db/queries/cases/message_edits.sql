SELECT event_id, message_id, edited_at FROM message_edits WHERE case_id = @CaseId ORDER BY seq
