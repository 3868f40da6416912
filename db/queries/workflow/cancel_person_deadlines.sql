UPDATE deadlines SET state = 'cancelled', settled_at = @Now WHERE case_id = @CaseId AND person_id = @PersonId AND state IN ('open', 'paused')
