UPDATE deadlines SET state = 'cancelled', settled_at = @Now WHERE case_id = @CaseId AND node = @Node AND state IN ('open', 'paused')
