SELECT COALESCE(MAX(case_seq), 0) FROM trail_events WHERE case_id = @CaseId
