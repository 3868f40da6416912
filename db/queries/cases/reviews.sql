SELECT event_id, reviewed_by_id, reviewed_at FROM reviews WHERE case_id = @CaseId ORDER BY reviewed_at
