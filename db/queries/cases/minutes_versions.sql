SELECT number, event_id, state, proposed_by_id, proposed_at, due_at, settled_at FROM minutes_versions WHERE case_id = @CaseId ORDER BY number
