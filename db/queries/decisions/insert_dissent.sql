INSERT INTO dissents (case_id, person_id, state, asked_event, statement_event, changed_at)
VALUES (@CaseId, @PersonId, 'stated', NULL, @EventId, @Now)
