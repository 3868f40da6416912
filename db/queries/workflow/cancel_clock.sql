UPDATE deadlines SET state = 'cancelled', settled_at = @Now WHERE case_id = @CaseId AND kind = 'clock' AND state IN ('open', 'paused')
