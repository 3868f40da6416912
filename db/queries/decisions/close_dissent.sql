-- Said once: the row count decides.
UPDATE dissents
SET closing_event = @EventId
WHERE case_id = @CaseId AND person_id = @PersonId AND compared_event IS NOT NULL AND closing_event IS NULL
