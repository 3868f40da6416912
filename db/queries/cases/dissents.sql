SELECT person_id, state, asked_event, statement_event, changed_at FROM dissents WHERE case_id = @CaseId ORDER BY changed_at
