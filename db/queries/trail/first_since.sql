SELECT MIN(case_seq) FROM trail_events WHERE case_id = @CaseId AND at >= @Since
