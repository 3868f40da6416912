SELECT event_id, added_by_id, added_at FROM additions WHERE case_id = @CaseId ORDER BY added_at
