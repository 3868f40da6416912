-- Never by who asked. What was declined goes on where it was: it was told, and people saw it.
UPDATE retention_cases
SET state = 'noticed', postponed_until = CASE WHEN @Granted = 1 THEN @Until ELSE postponed_until END,
    objection_event = NULL, objected_by_id = NULL, objected_until = NULL
WHERE case_id = @CaseId AND state = 'objected' AND objected_by_id <> @PersonId
