SELECT section, number, event_id, written_by_id, written_at FROM minutes_notes WHERE case_id = @CaseId ORDER BY section, number
