UPDATE dissents
SET state = 'stated', statement_event = @EventId, changed_at = @Now
WHERE case_id = @CaseId AND person_id = @PersonId
