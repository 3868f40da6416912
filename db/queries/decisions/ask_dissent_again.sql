-- An earlier statement stays until there is a newer one.
UPDATE dissents
SET state = 'asked', asked_event = @EventId, changed_at = @Now
WHERE case_id = @CaseId AND person_id = @PersonId AND state <> 'asked'
