UPDATE retention_cases
SET state = 'objected', objection_event = @EventId, objected_by_id = @PersonId, objected_until = @Until
WHERE case_id = @CaseId AND state = 'noticed'
