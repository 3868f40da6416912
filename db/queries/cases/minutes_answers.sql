SELECT number, person_id, agrees, answered_at, event_id FROM minutes_answers WHERE case_id = @CaseId ORDER BY number, answered_at
