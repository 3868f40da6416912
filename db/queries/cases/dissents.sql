SELECT person_id, state, asked_event, statement_event, changed_at, compared_event, compared_at, closing_event
FROM dissents
WHERE case_id = @CaseId
ORDER BY changed_at
