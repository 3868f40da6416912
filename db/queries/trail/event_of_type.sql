SELECT event_id FROM trail_events WHERE case_id = @CaseId AND type = @Type ORDER BY case_seq
