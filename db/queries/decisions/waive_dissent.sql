-- Who made a statement before and has nothing to add keeps it.
UPDATE dissents
SET state = CASE WHEN statement_event IS NULL THEN 'waived' ELSE 'stated' END, changed_at = @Now
WHERE case_id = @CaseId AND person_id = @PersonId AND state = 'asked'
