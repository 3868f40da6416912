SELECT attachment_id, event_id, added_by_id, added_at, width, height FROM attachments WHERE case_id = @CaseId ORDER BY added_at
